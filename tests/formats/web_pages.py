"""One page in the ways in which browsers and people save pages."""

import html
import quopri


def chrome(page: str, address: str) -> str:
    return page.replace("\n<html", f"\n<!-- saved from url=({len(address):04}){address} -->\n<html", 1)


def single_file(page: str, address: str) -> str:
    note = f"<!--\n Page saved with SingleFile \n url: {address} \n saved date: Sat Mar 14 2026 10:00:00 GMT+0100\n-->"
    style = "<style>" + ".a{background:url(data:image/png;base64,AAAA)}" * 5000 + "</style>"
    return page.replace("<head>", f"{note}<head>{style}", 1)


def web_archive(page: str, address: str) -> str:
    body = quopri.encodestring(page.encode()).decode("ascii")
    return (
        f"From: <Saved by Blink>\nSnapshot-Content-Location: {address}\nSubject: A page\n"
        "Date: Sat, 14 Mar 2026 10:00:00 -0000\nMIME-Version: 1.0\nContent-Type: multipart/related;\n"
        '\ttype="text/html";\n\tboundary="----MultipartBoundary--x----"\n\n\n------MultipartBoundary--x----\n'
        "Content-Type: text/html\nContent-ID: <frame@mhtml.blink>\nContent-Transfer-Encoding: quoted-printable\n"
        f"Content-Location: {address}\n\n{body}\n------MultipartBoundary--x----\nContent-Type: image/png\n"
        "Content-Transfer-Encoding: base64\n\nAAAA\n------MultipartBoundary--x------\n"
    )


def chrome_source(page: str, _: str) -> str:
    rows = "".join(
        f'<tr><td class="line-number" value="{number}"></td>'
        f'<td class="line-content"><span class="html-tag">{html.escape(line)}</span></td></tr>'
        for number, line in enumerate(page.split("\n"), start=1)
    )
    return f"<html><head></head><body><table><tbody>{rows}</tbody></table></body></html>"


def firefox_source(page: str, _: str) -> str:
    lines = (f'<span id="line{number}"></span>{html.escape(line)}' for number, line in enumerate(page.split("\n")))
    return (
        '<html><head><title>source</title></head><body id="viewsource"><pre>'
        + "\n".join(lines)
        + "</pre></body></html>"
    )


def escaped(page: str, _: str) -> str:
    return html.escape(page)


WAYS = (chrome, single_file, web_archive, chrome_source, firefox_source, escaped)
