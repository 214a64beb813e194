"""Where an address really leads, in letters that look like no others and run in one direction."""

from PySide6.QtCore import QUrl


def true_address(address: str) -> str:
    """An address in ASCII as it would be opened: hosts in Punycode, other letters and marks of direction in percent.

    What is no address stays as it is, but for characters that are not seen, which stand as their code points.
    """
    url = QUrl(address.strip(), QUrl.ParsingMode.TolerantMode)
    if url.isValid() and url.scheme() and url.host():
        return bytes(url.toEncoded().data()).decode("ascii")
    return "".join(each if each.isprintable() else f"<U+{ord(each):04X}>" for each in address)
