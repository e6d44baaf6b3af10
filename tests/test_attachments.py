"""What the content of an upload is taken for, and how its name is cleaned."""

import time

import pytest

from palaver.attachments import classify, clean_name, content_disposition, declared_type, disposition_name, matches


@pytest.mark.parametrize(
    ("data", "name", "detected"),
    [
        (b"\x89PNG\r\n\x1a\n....", "a.png", "image/png"),
        (b"\xff\xd8\xff\xe0", "a.jpg", "image/jpeg"),
        (b"GIF89a", "a.gif", "image/gif"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "a.webp", "image/webp"),
        (b"%PDF-1.7", "a.pdf", "application/pdf"),
        (b"PK\x03\x04", "a.zip", "application/zip"),
        (b'{"a": 1}', "a.txt", "application/json"),
        (b'"scalar"', "a.json", "application/json"),
        (b"{broken", "a.json", "text/plain"),
        (b"# Title", "a.md", "text/markdown"),
        (b"# Title", "a.MARKDOWN", "text/markdown"),
        (b"one,two", "a.csv", "text/csv"),
        (b"a,b\n1,2\n", "table.txt", "text/csv"),
        (b"Dear all,\nhello\n", "a.txt", "text/plain"),
        (b"<html></html>", "a.html", "text/plain"),
        (b"<?xml version='1.0'?><a/>", "a.xml", "text/xml"),
        (b"\x00\x01\x02", "a.bin", "application/octet-stream"),
        (b"", "a.txt", "text/plain"),
        ("Grüße\r\n".encode("cp1252"), "a.txt", "text/plain"),
        ("größe,preis\n1,2\n".encode("cp1252"), "a.txt", "text/csv"),
        ("a,b\n1,2\n".encode("utf-16"), "a.txt", "text/csv"),
        (b"\xef\xbb\xbf{}", "a.txt", "application/json"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "a.txt", "application/octet-stream"),
        (b"\xe9\x00", "a.txt", "application/octet-stream"),
        (b'a,"b\nc"\n1,2\n', "a.txt", "text/csv"),
        (b"a,b\n1,2,3\n", "a.txt", "text/plain"),
        (b"a,b", "a.txt", "text/plain"),
        (b"one\ntwo\n", "a.txt", "text/plain"),
        (b"[" * 100_000, "a.json", "text/plain"),
    ],
)
def test_content_is_classified_by_its_bytes_and_text_by_its_extension(data: bytes, name: str, detected: str) -> None:
    assert classify(data, name) == detected


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='x'/>",
        b"\xef\xbb\xbf  <svg>",
        b"<?xml version='1.0'?>\n<!-- drawing --><!DOCTYPE svg>\n<SVG width='1'>",
        "<svg/>".encode("utf-16"),
        b"<s:svg xmlns:s='x'>",
        b"<!--" + b"-" * 200_000 + b"--><svg>",
        b"<!DOCTYPE svg PUBLIC 'a' 'b' [\n<!ENTITY c 'd'>\n<!-- ] -->]><svg>",
        "<!-- größer --><svg/>".encode("cp1252"),
        "\ufeff\ufeff<svg/>".encode(),
    ],
)
def test_svg_is_found_behind_any_prologue(data: bytes) -> None:
    assert classify(data, "picture.txt") == "image/svg+xml"


@pytest.mark.parametrize("data", [b"<!-- <svg>", b"<!DOCTYPE svg <svg", b"<svgs/>", b"text <svg/>", b"<"])
def test_what_only_mentions_svg_is_none(data: bytes) -> None:
    assert classify(data, "a.txt") == "text/plain"


def test_looking_at_hostile_text_takes_no_longer_than_at_any() -> None:
    for data in (b"<!" * 2_000_000, b"<![" * 1_000_000, b"<![]" * 1_000_000, b"<!-- -->" * 500_000, b"]" * 4_000_000):
        began = time.perf_counter()
        classify(b"<!DOCTYPE [" + data, "a.txt")
        classify(data, "a.csv.txt")
        assert time.perf_counter() - began < 5


def test_declared_type_must_fit_the_content() -> None:
    assert matches("image/png", "image/png")
    assert matches("application/octet-stream", "image/png")
    assert matches("text/plain", "text/markdown")
    assert not matches("image/png", "image/jpeg")
    assert not matches("text/plain", "image/png")
    assert declared_type("Text/Plain; charset=utf-8") == "text/plain"
    assert declared_type("") == "application/octet-stream"


def test_names_lose_control_characters_and_are_cut_between_characters() -> None:
    assert clean_name(" a\x00b\n.txt ") == "ab.txt"
    assert clean_name("é" * 200) == "é" * 127
    assert clean_name("\x00\x07") == ""


def test_names_are_read_from_every_form_of_the_header() -> None:
    assert disposition_name('attachment; filename="report.pdf"') == "report.pdf"
    assert disposition_name("attachment; filename*=UTF-8''b%C3%BCcher.txt") == "bücher.txt"
    assert disposition_name('attachment; filename="bücher.txt"'.encode().decode("latin-1")) == "bücher.txt"
    assert disposition_name("attachment") == ""


def test_downloads_are_shown_inline_unless_the_browser_should_not_render_them() -> None:
    assert content_disposition('a "b".png', "image/png") == 'inline; filename="a \\"b\\".png"'
    assert content_disposition("a.pdf", "application/pdf") == 'attachment; filename="a.pdf"'
    assert content_disposition("é.txt", "text/plain") == "inline; filename*=UTF-8''%C3%A9.txt"
