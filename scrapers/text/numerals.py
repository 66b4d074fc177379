"""Numbers as Chinese and English texts write them: Arabic, Chinese, financial, mixed, with 千 百 万 亿.

Values are `Decimal`, so that what is written is what comes out. `parse` reads a whole string, `NUMBER` finds one inside
a text; units of money and shares are in `scrapers.text.money`.
"""

import re
from decimal import Decimal, InvalidOperation

DIGITS = {
    **{letter: value for value, letter in enumerate("零一二三四五六七八九")},
    **{letter: value for value, letter in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "两": 2,
    "貳": 2,
    "參": 3,
    "陸": 6,
    "○": 0,
}
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
CHINESE_LETTERS = "".join([*DIGITS, *_SMALL, *_LARGE])
_SCALES = re.compile("([百千万亿佰仟萬億]+)$")

# Quantifiers are bounded so that a megabyte of digits costs a megabyte of work.
ARABIC = r"(?<![\d.])(?:\d{1,3}(?:[,，]\d{3}){1,5}|\d{1,18})(?:\.\d{1,8})?(?!\d)"
CHINESE = rf"[{CHINESE_LETTERS}]{{1,24}}(?:点[{''.join(DIGITS)}]{{1,6}})?"
NUMBER = rf"(?:{ARABIC}\s?(?:[百千]?[万亿]|[百千](?![分米克瓦卡兆帕])|万亿)?|{CHINESE})"


def parse(text: str) -> Decimal | None:
    """The number a string is, or null: `1,000`, `2.5亿`, `3千万`, `一千二百万`, `贰佰万`, `百`, `1万5千`."""
    text = "".join(text.split()).replace(",", "").replace("，", "")
    if not text:
        return None
    if text[0].isascii():
        return _mixed(text)
    head, point, fraction = text.partition("点")
    whole = _chinese(head)
    if whole is None or not point:
        return whole
    tail = _SCALES.search(fraction)
    digits = fraction[: tail.start()] if tail else fraction
    if not digits or any(letter not in DIGITS for letter in digits):
        return None
    value = whole + Decimal("0." + "".join(str(DIGITS[letter]) for letter in digits))
    return value * _scale(tail[1]) if tail else value


def _mixed(text: str) -> Decimal | None:
    """Arabic digits with Chinese scales, also in steps: `3千万`, `1亿2000万`."""
    total = Decimal(0)
    position = 0
    for match in re.finditer(r"(\d+(?:\.\d+)?)([百千万亿]*)", text):
        if match.start() != position:
            return None
        try:
            total += Decimal(match[1]) * _scale(match[2])
        except InvalidOperation:
            return None
        position = match.end()
    return total if position == len(text) and position else None


def _scale(letters: str) -> int:
    value = 1
    for letter in letters:
        value *= _SMALL.get(letter) or _LARGE[letter]
    return value


def _chinese(text: str) -> Decimal | None:
    if not text or any(letter not in CHINESE_LETTERS for letter in text):
        return None
    if all(letter in DIGITS for letter in text):
        return Decimal("".join(str(DIGITS[letter]) for letter in text))
    total = section = digit = 0
    seen_digit = False
    for letter in text:
        if letter in DIGITS:
            digit, seen_digit = DIGITS[letter], True
        elif letter in _SMALL:
            section += (digit if seen_digit else 1) * _SMALL[letter]
            digit, seen_digit = 0, False
        else:
            section += digit
            if _LARGE[letter] == 10**8:
                total = (total + section or 1) * 10**8
            else:
                total += (section or 1) * 10**4
            section, digit, seen_digit = 0, 0, False
    return Decimal(total + section + digit)


def to_chinese(value: int) -> str:
    """A whole number below 10^12 in Chinese numerals: the inverse of `parse`, for tests and labels."""
    if not 0 <= value < 10**12:
        raise ValueError(f"not writable here: {value}")
    if value == 0:
        return "零"
    out = ""
    for scale, letter in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section = value // scale % 10**4
        if section:
            if out and section < 1000:
                out += "零"
            out += _section(section) + letter
    return out


def _section(value: int) -> str:
    out = ""
    zero = False
    for scale, letter in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // scale % 10
        if digit:
            out += ("零" if zero and out else "") + "零一二三四五六七八九"[digit] + letter
            zero = False
        else:
            zero = True
    return out
