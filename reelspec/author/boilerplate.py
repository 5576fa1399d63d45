"""What pages have around their text and nobody wants to hear: calls, notices, lists of links."""

from __future__ import annotations

import re

from reelspec.author.segmentation import words

_SECTIONS = frozenset(
    {
        *("see also", "references", "external links", "further reading", "notes", "contents"),
        *("table of contents", "footnotes", "bibliography", "related articles", "related links"),
        *("comments", "about the author", "newsletter", "navigation", "share", "citations"),
        *("انظر أيضا", "مراجع", "المراجع", "وصلات خارجية", "روابط خارجية", "هوامش", "المحتويات"),
        *("اقرأ أيضا", "مصادر", "المصادر"),
        *("véase también", "referencias", "enlaces externos", "bibliografía", "notas", "índice"),
        *("voir aussi", "références", "liens externes", "bibliographie", "sommaire"),
        *("siehe auch", "einzelnachweise", "weblinks", "literatur", "inhaltsverzeichnis"),
        *("参见", "参考文献", "参考资料", "外部链接", "注释", "目录", "延伸阅读"),
    }
)
"""Headings of what is no text; those of Wikipedia among them."""

_CALLS = (
    r"\b(?:subscribe|sign up|log ?in|sign in|register now)\b.{0,40}(?:updates|account|!)",
    r"\bnewsletter\b|\bclick here\b|\bread more\b|\bfollow us\b|\bjoin us on\b",
    r"\bshare (?:this|on)\b|\ball rights reserved\b|©|\bcopyright \d{4}|\bprivacy policy\b",
    r"\bterms of (?:use|service)\b|\b(?:we|this (?:site|website)) uses? cookies\b",
    r"\b(?:accept|cookie) (?:all )?(?:cookies|policy|settings)\b",
    r"\b(?:page|article|site|post) (?:was|is|has been) (?:last )?(?:edited|updated|modified)\b",
    r"^(?:photo|image|advertisement|sponsored|skip to|last (?:updated|modified))\b",
    r"(?:اشترك|سجل) (?:في|الآن)|النشرة (?:البريدية|الإخبارية)|اضغط هنا|انقر هنا|اقرأ المزيد|تابعنا"
    r"|(?:جميع|كل) الحقوق محفوظة|سياسة الخصوصية|شارك (?:هذا|هذه)|آخر (?:تحديث|تعديل)",
    r"\bsuscr[ií]b|\bhaz clic\b|\bleer más\b|\bs[ií]guenos\b|derechos reservados|"
    r"política de (?:privacidad|cookies)|\bboletín\b|\bcompart[ea] (?:este|esta|en)\b",
    r"\babonnez-vous\b|\bcliquez ici\b|\blire la suite\b|tous droits réservés",
    r"\babonnieren\b|\bhier klicken\b|\bweiterlesen\b|alle rechte vorbehalten|datenschutz",
    r"订阅|点击这里|点击此处|阅读更多|版权所有|隐私政策|关注我们|分享到|最后更新",
)
_TO_MACHINES = (
    r"\b(?:ignore|disregard|forget) (?:all |any |the |your )*(?:previous|prior|above|earlier)",
    r"\byou are (?:now )?(?:an? |the )?(?:ai|assistant|chatbot|language model)\b|\bsystem prompt\b",
    r"تجاهل (?:كل |جميع )?(?:التعليمات|الأوامر)|ignora (?:todas )?(?:las )?instrucciones"
    r"|忽略(?:之前|以上|上述|所有)",
)
_EMPTY = re.compile("|".join((*_CALLS, *_TO_MACHINES)), re.IGNORECASE)
_BYLINE = re.compile(r"(?:by|por|par|von|written by|posted by) [A-ZÀ-Þ]|(?:بقلم|كتبه|作者)\s*\S")
_LONGEST = 300


def is_boilerplate(sentence: str) -> bool:
    """Return whether a sentence is about the page and not of its text, or speaks to machines."""
    return len(sentence) <= _LONGEST and bool(_EMPTY.search(sentence))


def closes_text(heading: str) -> bool:
    """Return whether what stands under a heading is no text: links, references, notes."""
    return " ".join(words(heading, "")) in _SECTIONS


def is_byline(line: str) -> bool:
    """Return whether a line only says who wrote the text."""
    return bool(_BYLINE.match(line[:1].lower() + line[1:]))
