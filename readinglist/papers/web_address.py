"""A web address that stands in what others wrote: where it really leads, before anybody follows it."""

import re
from urllib.parse import quote, urlsplit, urlunsplit

from readinglist.errors import ExpectedError

_LONGEST = 4000
_HOST = re.compile(r"[a-z0-9._:-]+", re.IGNORECASE)
_IN_ADDRESS = "%/:?#[]@!$&'()*+,;=~-._"  # what stays; anything else is written in percent


def true_address(address: str) -> str:
    """An address of http or https in ASCII: its host in Punycode, so that no letter is taken for another one.

    Raises:
        ExpectedError: it is none that can be opened, or hides its host behind the name of a user.
    """
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError as error:
        raise ExpectedError(f"{address[:80]!r} is no web address that can be opened.") from error
    hidden = "@" in parts.netloc or "\\" in parts.netloc
    if parts.scheme.lower() not in {"http", "https"} or not _HOST.fullmatch(host) or hidden or len(address) > _LONGEST:
        raise ExpectedError(f"{address[:80]!r} is no web address that can be opened.")
    host = f"[{host}]" if ":" in host else host
    rest = (quote(part, safe=_IN_ADDRESS) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme.lower(), f"{host}{port}", *rest))
