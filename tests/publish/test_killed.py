"""What killed runs leave behind, and what readers find at such a moment."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from microsite.publish import MANIFEST, OutputFile, Published, PublishFailed, digested, publish, recover
from tests.publish.folders import A, B, everything_in, files_in, in_process, litter_beside, put

# What killed runs leave behind


def leave_behind(target: Path, role: str, tree: Mapping[str, bytes]) -> Path:
    elsewhere = target.parent / "elsewhere" / "public"
    put(tree, elsewhere)
    left = elsewhere.rename(target.with_name(f".{target.name}.microsite-{role}"))
    elsewhere.parent.rmdir()
    return left


def test_killed_while_staging(target: Path) -> None:
    leave_behind(target, "staging", B)
    put(A, target)
    assert files_in(target) == A
    assert litter_beside(target) == []


def test_killed_between_the_two_renames(target: Path) -> None:
    leave_behind(target, "previous", A)
    leave_behind(target, "staging", B)
    recover(target)
    assert files_in(target) == A
    assert litter_beside(target) == []


def test_killed_between_the_two_renames_and_published_again(target: Path) -> None:
    leave_behind(target, "previous", A)
    leave_behind(target, "staging", B)
    assert put(B, target) == Published(written=3, reused=1, removed=1, unchanged=False)
    assert files_in(target) == B
    assert litter_beside(target) == []


def test_killed_after_the_second_rename(target: Path) -> None:
    put(B, target)
    leave_behind(target, "previous", A)
    recover(target)
    assert files_in(target) == B
    assert litter_beside(target) == []


def test_killed_while_deleting_the_old_site(target: Path) -> None:
    put(B, target)
    (leave_behind(target, "staging", A) / MANIFEST).unlink()
    assert put(B, target).unchanged
    assert litter_beside(target) == []


def test_nothing_to_recover(target: Path) -> None:
    recover(target)
    assert not target.exists()
    put(A, target)
    recover(target)
    assert files_in(target) == A


def test_only_our_own_litter_is_removed(target: Path) -> None:
    neighbours = ["public.microsite-staging", ".public.microsite", ".other.microsite-staging", "public-previous"]
    for name in neighbours:
        target.with_name(name).mkdir()
    put(A, target)
    put(B, target)
    assert sorted(litter_beside(target)) == sorted(neighbours)


def test_what_cannot_be_cleaned_up_is_reported_by_name(target: Path) -> None:
    put(A, target)
    target.with_name(".public.microsite-staging").write_text("a file, which we never make there")
    with pytest.raises(PublishFailed, match=r"already there \(.*microsite-staging\)\. Nothing was changed"):
        put(B, target)
    assert files_in(target) == A


# Killed at any moment


KILLS = 30  # in each of the two ways to swap


def big_site(name: str) -> dict[str, bytes]:
    """Some hundred files, a third of which are the same in every site and a third of which only this one has."""
    same = {f"shared/{number}.css": b"%d" % number * 500 for number in range(100)}
    changing = {f"pages/{number // 10}/{number}.html": f"{name} {number} ".encode() * 500 for number in range(100)}
    own = {f"{name}/{number // 10}/{number}.html": f"{number} ".encode() * 500 for number in range(100)}
    return same | changing | own


PUBLISH_FOR_EVER = """
import itertools, json, pathlib, sys
from microsite import publish as module, swap
target, sites, way = sys.argv[1:]
if way == "renames":
    swap._exchange = lambda one, other: False
trees = [
    module.digested({path: text.encode() for path, text in site.items()})
    for site in json.loads(pathlib.Path(sites).read_text())
]
print("ready", flush=True)
for tree in itertools.cycle(trees):
    module.publish(tree, pathlib.Path(target))
"""


def whole_sites(target: Path, trees: list[dict[str, OutputFile]]) -> list[dict[str, bytes | None]]:
    """What a reader may find in the target: each of the sites with its manifest, and a file that is not ours."""
    found = []
    for tree in trees:
        publish(tree, target)
        (target / "CNAME").write_bytes(b"example.org")
        found.append(everything_in(target))
    return found


def test_killed_at_any_moment_the_site_is_whole(target: Path, tmp_path: Path, swap: str) -> None:
    sites = [big_site("A"), big_site("B")]
    trees = [digested(site) for site in sites]
    file = tmp_path / "sites" / "sites.json"
    file.parent.mkdir()
    file.write_text(json.dumps([{path: content.decode() for path, content in site.items()} for site in sites]))
    target = tmp_path / "published" / "public"
    whole = whole_sites(target, trees)

    moments = random.Random(2026)
    interrupted, old_or_new = 0, [0, 0]
    for kill in range(KILLS):
        with in_process(PUBLISH_FOR_EVER, target, file, swap) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            time.sleep(moments.uniform(0, 0.06))
            child.kill()

        interrupted += any("staging" in name or "previous" in name for name in litter_beside(target))
        if swap == "renames":  # Only then may the site be out of place for a moment.
            recover(target)
        found = everything_in(target)
        assert found in whole
        old_or_new[whole.index(found)] += 1

        publish(trees[kill % 2], target)
        assert everything_in(target) == whole[kill % 2]
        assert litter_beside(target) == []
    assert interrupted > KILLS / 4
    assert min(old_or_new) > 0
