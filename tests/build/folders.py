#!/usr/bin/env python3
"""tests/build/folders.py [--draw FILE]   which folders of the floors include which.

Fails (exit 1) if folders of the floors models, sweeps, results and harness include each other in a circle, or
if a folder includes a floor above its own; names the includes at fault. Files that a README names must exist.
--draw writes the picture that models/README.md shows (Mermaid, one box a folder, lower folders first); without
it, the picture there must be that of the sources. analysis is one folder here."""
import argparse
import re
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ["models", "sweeps", "results", "analysis", "harness"]  # lowest first
WITH_ROOMS = {"models", "sweeps", "results", "harness"}
README = ROOT / "models" / "README.md"
PICTURE = re.compile(r"```mermaid\n(.*?)```", re.DOTALL)


def folder_of(path):
    """models/bipolar/exact/local_field.hpp is of models/bipolar/exact; of a floor without rooms: the floor."""
    folder = str(Path(path).parent)
    floor = folder.split("/")[0]
    return folder if floor in WITH_ROOMS else floor


def includes():
    """{folder: {included folder: ["file includes header"]}}, without a folder's includes of itself."""
    found = defaultdict(lambda: defaultdict(list))
    for floor in FLOORS:
        for source in sorted((ROOT / floor).rglob("*.[ch]pp")):
            if "node_modules" in source.parts:
                continue
            name = source.relative_to(ROOT).as_posix()
            found[folder_of(name)]  # a folder that includes none is there too
            for header in re.findall(r'^#include "([^"]+)"', source.read_text(), re.MULTILINE):
                if (ROOT / header).is_file() and folder_of(header) != folder_of(name):
                    found[folder_of(name)][folder_of(header)].append(f"{name} includes {header}")
    return found


def upward(graph):
    return [line for folder, others in graph.items() for other, lines in others.items()
            for line in lines if FLOORS.index(other.split("/")[0]) > FLOORS.index(folder.split("/")[0])]


def heights(graph):
    """{folder: length of the longest chain below it}, or the folders of a circle as a list."""
    height, path = {}, []

    def visit(folder):
        if folder in path:
            return path[path.index(folder):]
        if folder in height:
            return None
        path.append(folder)
        for other in sorted(graph[folder]):
            if circle := visit(other):
                return circle
        path.pop()
        height[folder] = 1 + max((height[other] for other in graph[folder]), default=-1)
        return None

    for folder in sorted(graph):
        if circle := visit(folder):
            return circle
    return height


def needed(graph):
    """The arrows that no longer way replaces: what a reader has to see."""
    def reachable(start):
        seen, todo = set(), [start]
        while todo:
            for other in graph[todo.pop()]:
                if other not in seen:
                    seen.add(other)
                    todo.append(other)
        return seen

    below = {folder: reachable(folder) for folder in graph}
    return {folder: sorted(other for other in others if not any(other in below[via] for via in others if via != other))
            for folder, others in graph.items()}


def lost_names():
    """What READMEs say of sources that are not there."""
    pages = [ROOT / "README.md"] + [page for floor in FLOORS for page in (ROOT / floor).rglob("README.md")
                                    if "node_modules" not in page.parts]
    anywhere = {path.name for folder in [*FLOORS, "tests"] for path in (ROOT / folder).rglob("*.[ch]pp")}
    lost = []
    for page in pages:
        for name in re.findall(r"`([\w/]+\.[ch]pp)`", page.read_text()):
            if name not in anywhere and not (ROOT / name).is_file() and not (page.parent / name).is_file():
                lost.append(f"{page.relative_to(ROOT)} names {name}")
    return lost


def picture(graph, height):
    order = sorted(graph, key=lambda folder: (FLOORS.index(folder.split("/")[0]), height[folder], folder))
    lines = ["flowchart BT"]
    for floor in FLOORS:
        rooms = [folder for folder in order if folder.split("/")[0] == floor]
        lines.append(f"  subgraph {floor}")
        lines += [f'    {room.replace("/", "_")}_["{room.removeprefix(floor + "/")}"]' for room in rooms]
        lines.append("  end")
    for folder, others in sorted(needed(graph).items()):
        lines += [f'  {folder.replace("/", "_")}_ --> {other.replace("/", "_")}_' for other in others]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description="Which folders of the floors include which.")
    parser.add_argument("--draw", metavar="FILE", help="write the picture into this Markdown file")
    arguments = parser.parse_args()
    graph = includes()
    if wrong := upward(graph):
        sys.exit("includes of a floor above:\n  " + "\n  ".join(wrong))
    if lost := lost_names():
        sys.exit("READMEs name files that are not there:\n  " + "\n  ".join(lost))
    height = heights(graph)
    if isinstance(height, list):
        around = zip(height, height[1:] + height[:1])
        sys.exit("folders include each other in a circle:\n  " +
                 "\n  ".join(line for folder, other in around for line in graph[folder][other]))
    drawn = picture(graph, height)
    page = Path(arguments.draw) if arguments.draw else README
    text = page.read_text()
    if not PICTURE.search(text):
        sys.exit(f"{page}: no ```mermaid block to hold the picture")
    if arguments.draw:
        page.write_text(PICTURE.sub(lambda _: f"```mermaid\n{drawn}```", text))
    elif PICTURE.search(text).group(1) != drawn:
        sys.exit(f"the picture in {page.relative_to(ROOT)} is not that of the sources; write it anew:\n"
                 "  tests/build/folders.py --draw models/README.md")
    print(f"{len(graph)} folders, no circle, no include of a floor above")


main()
