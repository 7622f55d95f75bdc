"""A corpus of our own making, in the layout of PolNeAR: `invented` is the main name."""

SOURCES = ("The envoy", "A minister", "The general", "Her deputy", "The mayor", "A spokesman")
CUES = ("said", "denied", "insisted", "warned", "argued", "claimed")
CONTENTS = (
    "that the port would open",
    "that nobody had crossed the river",
    "the truce was over",
    "that the ferry was late",
    "that prices would rise again",
)
OTHERS = ("The ferry left the harbour at nine.", "Rain fell on the island.", "Nobody was hurt.")


def written(folder, name, text, attributions, annotator="a1"):
    """Write an article and its annotations; an attribution is given as places of source, cue and content."""
    lines = []
    for number, roles in enumerate(attributions, start=1):
        for mark, (role, (start, end)) in enumerate(roles.items(), start=4 * number):
            lines.append(f"T{mark}\t{role} {start} {end}\t{text[start:end]}")
        parts = " ".join(f"{role}:T{mark}" for mark, role in enumerate(roles, start=4 * number))
        lines.append(f"E{number}\tAttribution:T{4 * number} {parts}")
    for kind, ending, content in (("text", ".txt", text), ("attributions", f"_{annotator}.ann", "\n".join(lines))):
        path = folder / "data" / "train" / kind / f"{name}{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="")


def invented(folder, articles=12):
    """Write a corpus of some articles into a folder, and give the folder."""
    for number in range(articles):
        text, attributions = "", []
        for line in range(6):
            at = number * 7 + line * 5
            source, cue, content = SOURCES[at % 6], CUES[(at // 2) % 6], CONTENTS[(at // 3) % 5]
            start = len(text)
            after = start + len(source) + 1
            end = after + len(cue) + 1 + len(content)
            attributions.append(
                {"Source": (start, after - 1), "Cue": (after, after + len(cue)), "Content": (end - len(content), end)}
            )
            text += f"{source} {cue} {content}.\n{OTHERS[at % 3]}\n"
        written(folder, f"article-{number:02}", text, attributions)
    return folder
