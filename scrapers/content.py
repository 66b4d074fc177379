"""What only stands in for content: an empty answer, a challenge page, half a JSON. Live answers and bundled pages are judged
alike."""

import json
import re
from typing import Literal

# Seen at the top of pages that stand in for the content. Checked in the first 8 kB only: a policy text may speak of
# verification codes.
CHALLENGES: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    (
        "Cloudflare challenge",
        re.compile(rb"cf-browser-verification|cf_chl_opt|challenge-platform|Just a moment\.\.\."),
    ),
    ("captcha", re.compile(rb"g-recaptcha|hcaptcha\.com|geetest|aliyunCaptcha|TencentCaptcha", re.I)),
    (
        "verification page",
        re.compile("安全验证|访问验证|人机验证|请完成验证|您的访问被阻断|访问过于频繁".encode()),
    ),
    ("verification page", re.compile("安全验证|访问验证|人机验证|访问过于频繁".encode("gb18030"))),
    ("script challenge", re.compile(rb"\$_ts\s*=\s*window\[|_\$jsvmprt|acw_sc__v2|__jsl_clearance")),
    ("unblock page", re.compile(rb"unblock\.federalregister\.gov|Request Access</title>")),
)


def no_content(content: bytes, content_type: str) -> tuple[Literal["empty", "blocked", "error"], str] | None:
    """Outcome and reason where the bytes of a successful answer are no content; null where they are."""
    if not content.strip():
        return "empty", "the answer is empty"
    if found := challenge(content):
        return "blocked", found
    if "json" in content_type.lower():
        try:
            json.loads(content)
        except ValueError as error:
            return "error", f"not whole JSON: {error}"
    return None


def challenge(content: bytes) -> str | None:
    """What kind of challenge page the first 8 kB are, or null for content."""
    head = content[:8192]
    for name, pattern in CHALLENGES:
        if pattern.search(head):
            return name
    # A page that is a script and nothing else: the content would be made in a browser.
    if head.lstrip()[:9].lower().startswith((b"<script", b"<!doctype", b"<html")) and len(content) < 8192:
        visible = re.sub(
            rb"<script.*?</script>|<style.*?</style>|<noscript.*?</noscript>|<[^>]+>|\s+",
            b"",
            content,
            flags=re.S | re.I,
        )
        if not visible and b"<script" in content.lower():
            return "page without text, made by a script"
    return None
