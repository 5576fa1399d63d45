"""The fetcher against real servers, most of which mean ill."""

import gzip
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from serving import Answer, Handler, Site, moves, sends, serving

from reelspec.author.net import Fetcher, Limits, NotFetched, Page, Pages, Request, is_public, target
from renderer import __version__
from renderer.errors import Problem
from renderer.store import Store

PAGE = sends("<p>good</p>")
QUICK = Limits(size=200_000, seconds=20, connect=10, redirects=3, repeats=2)


def fetched(
    answer: Answer,
    *,
    limits: Limits = QUICK,
    path: str = "/",
    more: dict[str, Answer] | None = None,
) -> tuple[Page | Problem, Site]:
    with serving({"/": answer, **(more or {})}) as site:
        fetcher = Fetcher(limits, frozenset([site.place]), wait=lambda seconds: None)
        return fetcher.fetch(Request(site.url(path))), site


def code(found: Page | Problem) -> str:
    return found.code if isinstance(found, Problem) else f"page: {found.data[:20]!r}"


PUBLIC = ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
PRIVATE = [
    *("0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.9.9.9", "169.254.169.254"),
    *("172.16.0.1", "172.31.255.255", "192.0.0.8", "192.168.1.1", "198.18.0.1", "192.0.2.1"),
    *("203.0.113.9", "224.0.0.1", "255.255.255.255", "240.0.0.1"),
    *("::", "::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "fe80::1"),
    *("fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe"),
    *("64:ff9b:1::1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "2001:0:7f00:1::", "2001:db8::1"),
    *("fe80::1%eth0", "2606:4700::1%1", "100::1", "5f00::1", "not an address", ""),
]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_may_be_asked(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_any_other_address_may_not(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://example.org/", "file:///etc/passwd", "gopher://x/", "javascript:alert(1)"),
        *("//example.org/", "example.org", "", "http://", "http:///x", "http://a b/"),
        *("http://user:secret@example.org/", "http://@example.org/", "http://example.org:99999/"),
        *("http://0x7f000001/", "http://2130706433/", "http://0177.0.0.1/", "http://127.1/"),
        *("http://example.org/\r\nX: y", "http://example.org/\x00", "http://exa\\mple.org/"),
        *("http://[::1", "http://" + "a" * 5000, "http://-x.org/", "http://1.2.3.4.5/"),
    ],
)
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(NotFetched) as refused:
        target(url)

    assert ("bad-address", False) == (refused.value.problem.code, "secret" in str(refused.value))


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://Example.org", "http://example.org/"),
        ("https://example.org:443/a?b=c#d", "https://example.org/a?b=c"),
        ("http://example.org:8080/ä", "http://example.org:8080/%C3%A4"),
        ("https://ar.wikipedia.org/wiki/نحل", "https://ar.wikipedia.org/wiki/%D9%86%D8%AD%D9%84"),
        ("http://bücher.example/%20", "http://xn--bcher-kva.example/%20"),
        ("http://[2606:4700::1]/x", "http://[2606:4700::1]/x"),
    ],
)
def test_an_address_is_asked_in_ascii_without_its_fragment(url: str, asked: str) -> None:
    assert asked == target(url).url


def test_a_page_comes_with_its_type_and_charset() -> None:
    found, _ = fetched(sends("<p>نحل</p>", "text/html; charset=UTF-8"))

    assert isinstance(found, Page)
    assert ("text/html", "utf-8", "<p>نحل</p>") == (found.type, found.charset, found.data.decode())


def test_we_say_who_asks_and_bring_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    _, site = fetched(PAGE)

    assert [f"reelspec/{__version__} (+https://pypi.org/project/reelspec/)"] == [
        headers["User-Agent"] for headers in site.headers
    ]
    assert {"Host", "Connection", "User-Agent", "Accept", "Accept-Encoding"} == {*site.headers[0]}


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"])
def test_a_server_of_this_machine_is_not_asked(host: str) -> None:
    with serving({"/": PAGE}) as site:
        port = site.place.rpartition(":")[2]
        found = Fetcher(QUICK).fetch(Request(f"http://{host}:{port}/"))

        assert ("private-address", []) == (code(found), site.asked)


def test_only_the_very_place_that_is_allowed_is_asked() -> None:
    with serving({"/": PAGE}) as site, serving({"/": PAGE}) as other:
        fetcher = Fetcher(QUICK, frozenset([site.place]))

        assert "page: b'<p>good</p>'" == code(fetcher.fetch(Request(site.url("/"))))
        assert "private-address" == code(fetcher.fetch(Request(other.url("/"))))


@pytest.mark.parametrize(
    "found",
    [["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["::ffff:10.0.0.1"], ["169.254.169.254"]],
)
def test_a_name_that_leads_to_a_private_address_is_refused(found: list[str]) -> None:
    fetcher = Fetcher(QUICK, resolve=lambda host, port: found)

    assert "private-address" == code(fetcher.fetch(Request("http://rebound.example/")))


def test_a_name_is_resolved_once_for_judging_and_connecting() -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    with serving({"/": PAGE}) as site:
        port = site.place.rpartition(":")[2]
        place = f"name.example:{port}"
        found = Fetcher(QUICK, frozenset([place]), resolve=rebinding).fetch(
            Request(f"http://{place}/")
        )

        assert ("page: b'<p>good</p>'", ["name.example"]) == (code(found), asked)
        assert place == site.headers[0]["Host"]


def test_a_public_port_other_than_that_of_the_web_is_refused() -> None:
    fetcher = Fetcher(QUICK, resolve=lambda host, port: ["93.184.216.34"])

    assert "private-address" == code(fetcher.fetch(Request("http://example.org:22/")))


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("/good", "page: b'<p>good</p>'"),
        ("http://169.254.169.254/latest/meta-data/", "private-address"),
        ("http://[::1]/", "private-address"),
        ("http://localhost/", "private-address"),
        ("file:///etc/passwd", "bad-address"),
        ("http://u:p@example.org/", "bad-address"),
        ("/", "too-many-redirects"),
        ("http://\x01/", "bad-address"),
        ("http://[::1", "bad-address"),
    ],
)
def test_every_hop_of_a_redirect_is_checked(to: str, expected: str) -> None:
    found, _ = fetched(moves(to), more={"/good": PAGE})

    assert expected == code(found)


def test_a_name_that_rebinds_between_two_hops_is_refused() -> None:
    with serving({"/": moves("http://turn.example/")}) as site:
        answers = iter([["127.0.0.1"], ["10.0.0.7"]])
        fetcher = Fetcher(QUICK, frozenset([site.place]), resolve=lambda host, port: next(answers))

        assert "private-address" == code(fetcher.fetch(Request(site.url("/"))))


def test_a_secret_header_goes_to_its_own_server_only() -> None:
    with serving({"/": PAGE}) as other, serving({"/": moves(other.url("/"))}) as site:
        fetcher = Fetcher(QUICK, frozenset([site.place, other.place]))
        fetcher.fetch(Request(site.url("/"), headers={"Authorization": "secret"}))

        assert ["secret", None] == [one.headers[0].get("Authorization") for one in (site, other)]


@pytest.mark.parametrize("value", ["a\r\nX-Other: b", "a\nb", "a\x00b"])
def test_a_header_cannot_hold_another(value: str) -> None:
    with serving({"/": PAGE}) as site:
        fetcher = Fetcher(QUICK, frozenset([site.place]))
        found = fetcher.fetch(Request(site.url("/"), headers={"X-Key": value}))

        assert ("bad-header", []) == (code(found), site.asked)


def endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    for _ in range(10_000):
        handler.wfile.write(b"x" * 65_536)


def chunked(handler: Handler) -> None:
    handler.protocol_version = "HTTP/1.1"
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"5\r\n<p>go\r\n6\r\nod</p>\r\n0\r\n\r\n")


def test_a_page_in_chunks_is_put_together() -> None:
    assert "page: b'<p>good</p>'" == code(fetched(chunked)[0])


BOMB = gzip.compress(b"0" * 50_000_000)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (endless, "too-large"),
        (sends("x" * 200_001), "too-large"),
        (sends(BOMB, Content_Encoding="gzip"), "too-large"),
        (sends(gzip.compress(b"<p>good</p>"), Content_Encoding="gzip"), "page: b'<p>good</p>'"),
        (sends(gzip.compress(b"x" * 999)[:-20], Content_Encoding="gzip"), "broken-page"),
        (sends("plain", Content_Encoding="gzip"), "broken-page"),
        (sends("x", Content_Encoding="br"), "wrong-type"),
        (sends("PK\x03\x04", "application/zip"), "wrong-type"),
        (sends(b"\x89PNG\r\n\x1a\n", "text/html"), "wrong-type"),
        (sends(b"\x7fELF\0\0", "text/plain"), "wrong-type"),
        (sends("<!DOCTYPE html><p>x", ""), "page: b'<!DOCTYPE html><p>x'"),
        (sends("who knows", ""), "wrong-type"),
        (sends("no pdf", "application/pdf"), "wrong-type"),
        (sends("gone", status=404), "no-such-page"),
        (sends("no", status=403), "refused"),
        (sends("short", Content_Length="500"), "unreachable"),
    ],
    ids=[
        *("endless", "large", "bomb", "packed", "cut", "unpacked", "brotli", "zip", "png", "elf"),
        *("untyped-html", "untyped", "false-pdf", "gone", "forbidden", "half"),
    ],
)
def test_what_an_answer_holds_decides(answer: Answer, expected: str) -> None:
    assert expected == code(fetched(answer)[0])


def dripping(piece: bytes) -> Callable[[Handler], None]:
    def answer(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n")
        for _ in range(600):
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(0.05)

    return answer


@pytest.mark.parametrize("piece", [b"X", b"X-A: b\r\n", b"\r\nbody"])
def test_a_page_that_drips_ends_with_the_deadline(piece: bytes) -> None:
    begin = time.monotonic()
    found, _ = fetched(dripping(piece), limits=replace(QUICK, seconds=0.5))

    assert ("too-slow", True) == (code(found), time.monotonic() - begin < 15)


def test_a_resolver_that_hangs_ends_with_the_deadline() -> None:
    held = threading.Event()

    def hanging(host: str, port: int) -> list[str]:
        held.wait(60)
        return []

    found = Fetcher(replace(QUICK, seconds=0.2), resolve=hanging).fetch(
        Request("http://a.example/")
    )
    held.set()

    assert "too-slow" == code(found)


def test_a_busy_server_is_left_alone_as_long_as_it_asks() -> None:
    waits: list[float] = []
    answers = iter([sends("", status=429, Retry_After="7"), sends("", status=503), PAGE])
    with serving({"/": lambda handler: next(answers)(handler)}) as site:
        fetcher = Fetcher(replace(QUICK, seconds=60), frozenset([site.place]), wait=waits.append)

        assert "page: b'<p>good</p>'" == code(fetcher.fetch(Request(site.url("/"))))
    assert [7.0, 2.0] == waits


def test_a_server_that_asks_for_more_time_than_there_is_is_busy() -> None:
    found, site = fetched(sends("", status=503, Retry_After="3600"))

    assert ("busy", 1) == (code(found), len(site.asked))


def test_a_host_is_asked_for_one_page_at_a_time() -> None:
    here: list[int] = [0]
    most: list[int] = [0]
    lock = threading.Lock()

    def counting(handler: Handler) -> None:
        with lock:
            here[0] += 1
            most[0] = max(most[0], here[0])
        time.sleep(0.02)
        with lock:
            here[0] -= 1
        PAGE(handler)

    with serving({"/": counting}) as site:
        fetcher = Fetcher(QUICK, frozenset([site.place]))
        tasks = [
            threading.Thread(target=fetcher.fetch, args=(Request(site.url("/")),)) for _ in range(4)
        ]
        for task in tasks:
            task.start()
        for task in tasks:
            task.join()

        assert (1, 4) == (most[0], len(site.asked))


def test_nothing_listens_is_a_problem_without_the_query() -> None:
    with serving({}) as site:
        place = site.place
    found = Fetcher(QUICK, frozenset([place])).fetch(Request(f"http://{place}/a?key=secret"))

    assert ("unreachable", False) == (code(found), "secret" in str(found))


CERTIFICATE = Path(__file__).parent / "certificate"


@pytest.mark.parametrize(
    ("host", "trusted", "expected"),
    [
        ("name.example", True, "page: b'<p>good</p>'"),
        ("other.example", True, "bad-certificate"),
        ("name.example", False, "bad-certificate"),
    ],
)
def test_the_certificate_has_to_be_that_of_the_name(
    host: str, trusted: bool, expected: str
) -> None:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(CERTIFICATE / "certificate.pem", CERTIFICATE / "key.pem")
    trust = ssl.create_default_context(
        cafile=str(CERTIFICATE / "certificate.pem") if trusted else None
    )
    with serving({"/": PAGE}, server) as site:
        place = f"{host}:{site.place.rpartition(':')[2]}"
        fetcher = Fetcher(
            QUICK, frozenset([place]), trust=trust, resolve=lambda host, port: ["127.0.0.1"]
        )

        assert expected == code(fetcher.fetch(Request(f"https://{place}/")))


def test_a_page_is_kept_and_found_again_offline(tmp_path: Path) -> None:
    with serving({"/a": PAGE}) as site:
        request = Request(site.url("/a"))
        fetcher = Fetcher(QUICK, frozenset([site.place]))
        page = Pages(fetcher, Store(tmp_path)).get(request)
        again = Pages(fetcher, Store(tmp_path)).get(request)
        asked = [*site.asked]
        later = Pages(fetcher, Store(tmp_path), today="2999-01-01").get(request)

        assert (page, ["/a"], 2) == (again, asked, len(site.asked))
    offline = Pages(Fetcher(QUICK), Store(tmp_path), offline=True)
    assert later == offline.get(request)
    assert "offline" == code(offline.get(Request("http://example.org/b")))
