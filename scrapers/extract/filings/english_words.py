"""The words English texts have for an approval, of which the readers of totals and of names build their patterns.

`filing` and `registration` stand apart from what is said of both registers (`approval`, `licence`, `nod`). All are pieces of
patterns that ignore case.
"""

GREEN_LIGHT = (
    r"(?:nod|green[- ]?lights?|go-ahead|all-clear|thumbs[- ]up|sign-off|blessing|consent|seal\sof\sapproval)"
)
PERMIT = r"(?:approvals?|licen[cs]es?|licensing|clearances?|permissions?|permits?|certificates?|authori[sz]ations?|accreditations?)"
GRANT = rf"(?:{PERMIT}|{GREEN_LIGHT}|filings?|registrations?)"
"""What an approval is called."""
APPROVED = (
    r"(?:approv(?:ed|es|ing)|clear(?:ed|s|ing)|licen[cs](?:ed|ing)|green-?(?:lit|light(?:ed|s|ing))|authori[sz](?:ed|es|ing)|okayed|white-?listed|accredited|vetted"
    r"|(?:wav(?:ed|es|ing)|let)\sthrough|sign(?:ed|s)\soff(?:\son)?|giv(?:en|es|ing)\sthe\s(?:ok|nod)|passed\smuster|made\sthe\s(?:cut|grade)|done\sso)"
)
"""Verbs of an approval that both registers have."""
FILED = r"(?:fil(?:ed|es)|record(?:ed|s)|put\son\s(?:file|record))"
REGISTERED = r"(?<!un)regist(?:er(?:s|ed|ing)|ration)|log(?:s|ged)|enroll?(?:ed|s)"
ALLOWED = r"(?:allow(?:ed|s|ing)?|permit(?:ted|s|ting)|let|lets|cleared)"
TO_MARKET = r"(?:onto\sthe\smarket|on\sthe\smarket|(?:for|to|into)\s(?:the\s)?(?:\w+\s)?(?:public|use|release|rollout|launch|sale|market)|to\s(?:be\s)?(?:open|offer|releas|launch|roll|operat|go\slive|sell|serve)\w*)"
"""Behind `allowed`, what makes it an approval."""
LIST = r"(?:lists?|batch(?:es)?|rosters?|registers?|registry|whitelist|catalogue|tranche|group|round|rolls?|database|record|books)"
PROCESS = r"(?:procedures?|process|review|assessments?|hurdles?|regulation|examination|vetting|checks?|regulators?|watchdogs?|censors|scrutiny|tests?)"
