"""Holds a program built with -tags cloud against an S3-compatible server.

    python testdata/stores/check.py PIPELINE FOLDER

FOLDER has articles. They are read from a bucket and the tables are written to
one; the objects must be those that a run on folders writes. Then runs are killed
at random moments, and two runs write at once. Prints what it did, fails with a
traceback.
"""

import json
import logging
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

import boto3
import pyarrow.parquet as pq
from moto.server import ThreadedMotoServer

pipeline, articles = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
os.environ.update(AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_EC2_METADATA_DISABLED="true")

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
endpoint = "http://%s:%d" % server.get_host_and_port()
options = f"?region=us-east-1&use_path_style=true&endpoint={endpoint}"
s3 = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1")
s3.create_bucket(Bucket="news")
temp = tempfile.TemporaryDirectory()
here = pathlib.Path(temp.name)
os.environ["TMPDIR"] = temp.name  # killed runs leave their folders


def objects(prefix):
    """The objects beneath a prefix with their content."""
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket="news", Prefix=prefix)
    keys = [o["Key"] for page in pages for o in page.get("Contents", [])]
    return {k.removeprefix(prefix): s3.get_object(Bucket="news", Key=k)["Body"].read() for k in keys}


def files(folder):
    """The files of a dataset with their content, save the lock."""
    paths = [p for p in folder.rglob("*") if p.is_file() and p.name != "lock"]
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in paths}


def command(*args):
    return [pipeline, *args, "--quiet"] if args[0] == "run" else [pipeline, *args]


def run(*args, code=0):
    done = subprocess.run(command(*args), capture_output=True, text=True)
    if done.returncode != code:
        raise AssertionError(f"{args}: exit code {done.returncode}, not {code}: {done.stderr}")
    return done.stdout + done.stderr


def same(prefix, folder):
    there, local = objects(prefix), files(folder)
    assert there.keys() == local.keys(), there.keys() ^ local.keys()
    for name in local:
        assert there[name] == local[name], name
    return len(local)


# Inputs from the bucket, tables into it: the same articles as from the folder, under other names.
inputs = sorted(p for p in articles.iterdir() if p.is_file())
for p in inputs:
    s3.put_object(Bucket="news", Key="in/" + p.name, Body=p.read_bytes())
read = json.loads(run("run", f"s3://news/in/**{options}", "--out", f"s3://news/first{options}", "--json"))
assert read["scored"] > 0, read
again = json.loads(run("run", f"s3://news/in/{options}", "--out", f"s3://news/first{options}", "--json"))
assert again["scored"] == 0 and again["unchanged"] == read["scored"], again
assert "no problems" in run("verify", f"s3://news/first{options}")
assert run("run", "s3://news/nothing/*.txt" + options, "--out", str(here / "none"), code=2)
print(f"{read['scored']} documents read from s3:// and written to s3://")

# Increments with revisions: as in a folder, to the byte.
feeds = []
for i in range(3):
    feeds.append(here / f"feed{i}.jsonl")
    with open(feeds[i], "w") as f:
        for n in range(40 * i, 40 * i + 80):
            text = f"Spain condemned Morocco for the {n}th time. Version {i} of the minister's words angered France."
            f.write(json.dumps({"id": f"d{n}", "published": f"2018-{n % 2 + 1:02}-05", "text": text}) + "\n")
scored = ["--model", "none", "--batch", "30"]
for feed in feeds:
    run("run", str(feed), "--out", str(here / "tone"), *scored)
    run("run", str(feed), "--out", f"s3://news/tone{options}", *scored)
    count = same("tone/", here / "tone")
assert "200 new" not in run("run", str(feeds[2]), "--out", f"s3://news/tone{options}", "--dry-run")
print(f"{count} objects are the files of a folder")

# Killed at random moments, then run again: the same rows, whatever was cut off.
def rows(folder):
    return sorted(
        (r for p in folder.glob("tones/**/*.parquet") for r in pq.ParquetFile(p).read().to_pylist()), key=lambda r: (r["statement_id"], r["target"])
    )


def download(prefix, to):
    for name, content in objects(prefix).items():
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        (to / name).write_bytes(content)


random.seed(1)
killed = 0
began = time.time()
run("run", str(feeds[0]), "--out", f"s3://news/timed{options}", *scored)
each = time.time() - began
for feed in feeds:
    for _ in range(5):
        p = subprocess.Popen(command("run", str(feed), "--out", f"s3://news/killed{options}", *scored), stderr=subprocess.DEVNULL)
        time.sleep(random.random() * each)
        p.kill()
        killed += p.wait() < 0
    run("run", str(feed), "--out", f"s3://news/killed{options}", *scored)
assert "no problems" in run("verify", f"s3://news/killed{options}")
download("killed/", here / "killed")
assert rows(here / "killed") == rows(here / "tone") and rows(here / "tone")
print(f"{killed} runs killed: the same rows as of runs that nobody killed")

# Two at once: one commits, the other says so and has left nothing behind.
both = [
    subprocess.Popen(command("run", str(feed), "--out", f"s3://news/both{options}", *scored), stderr=subprocess.PIPE, text=True)
    for feed in feeds[:2]
]
ends = [(p.communicate()[1], p.returncode) for p in both]
assert {code for _, code in ends} <= {0, 1} and 0 in {code for _, code in ends}, ends
assert all(code == 0 or "another run has committed first" in text for text, code in ends), ends
for feed in feeds:
    run("run", str(feed), "--out", f"s3://news/both{options}", *scored)
assert "no problems" in run("verify", f"s3://news/both{options}")
assert not [k for k in objects("both/") if "staging" in k or k.endswith(".pending")]
print(f"two runs at once: exit codes {sorted(code for _, code in ends)}")

server.stop()
