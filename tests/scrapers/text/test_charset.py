"""Bytes to text: the declared charset is believed unless the bytes say otherwise."""

import pytest

from scrapers.text.charset import CharsetError, decode

SIMPLIFIED = (
    "关于印发人工智能算力券实施细则的通知：按不超过合同金额的百分之三十给予补贴，每家企业每年最高二百万元。"
)
TRADITIONAL = "關於發放人工智慧算力券的通知：按不超過合約金額的百分之三十給予補貼，每家企業每年最高二百萬元。"


@pytest.mark.parametrize(
    ("text", "written", "content_type", "read"),
    [
        (SIMPLIFIED, "utf-8", "", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "text/html; charset=gbk", "utf-8-sig"),
        (SIMPLIFIED, "gb18030", "", "gb18030"),
        (SIMPLIFIED, "gb18030", "text/html; charset=GB2312", "gb18030"),
        (SIMPLIFIED, "gb18030", "text/html; charset=utf-8", "gb18030"),
        (SIMPLIFIED, "utf-8", "text/html; charset=gbk", "utf-8"),
        (SIMPLIFIED, "utf-8", "text/html; charset=iso-8859-1", "utf-8"),
        (TRADITIONAL, "big5", "text/html; charset=big5", "big5hkscs"),
        (TRADITIONAL, "gb18030", "text/html; charset=gbk", "gb18030"),
        (SIMPLIFIED, "utf-16", "", "utf-16"),
    ],
)
def test_the_charset_the_bytes_are_in(text: str, written: str, content_type: str, read: str) -> None:
    assert decode(text.encode(written), content_type) == (text, read)


@pytest.mark.parametrize(
    "content",
    [
        TRADITIONAL.encode("big5"),  # not declared: GB18030 would decode it to other characters
        SIMPLIFIED.encode().decode("latin-1").encode(),  # read as Latin-1 once before
        SIMPLIFIED.encode()[:-40].decode(errors="replace").encode() + "�".encode(),
    ],
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(CharsetError, match="not text in utf-8, gb18030"):
        decode(content)
