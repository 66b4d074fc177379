"""Services and totals in prose, Chinese or English."""

import re


def is_chinese(text: str) -> bool:
    """Whether a text is mainly Chinese, by its letters or, where it is full of code and names, by its marks; English news may
    quote 备案."""
    text = re.sub(r"https?://[\x21-\x7e]+", "", text)
    han = len(re.findall(r"[\u4e00-\u9fff]", text))
    marks, english_marks = len(re.findall(r"[，。；、：]", text)), len(re.findall(r"[,.;:]\s", text))
    return han * 3 > len(re.findall(r"[A-Za-z]", text)) or (marks >= 5 and marks > 2 * english_marks)
