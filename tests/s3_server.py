"""A server that speaks S3 on the loopback address, in a process of its own, so that it can die like one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import fsspec

BUCKET = "quillbrook-trust"
ADDRESS = f"s3://{BUCKET}/files"
SERVER = """
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from waitress import create_server
server = create_server(DomainDispatcherApplication(create_backend_app), listen="127.0.0.1:0", threads=8)
print(server.effective_port, flush=True)
server.run()
"""


@contextmanager
def s3_server() -> Iterator[subprocess.Popen[str]]:
    """A server with one empty bucket; while the block lasts, the environment names it as a trust would."""
    process = subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        with named_in_the_environment(f"http://127.0.0.1:{(process.stdout or sys.stdin).readline().strip()}"):
            bucket().call_s3("create_bucket", Bucket=BUCKET)
            yield process
    finally:
        process.kill()
        process.communicate()


@contextmanager
def named_in_the_environment(address: str) -> Iterator[None]:
    """The variables by which a trust says where its bucket is, and by which it is let in."""
    variables = {"AWS_ENDPOINT_URL": address, "AWS_ACCESS_KEY_ID": "quillbrook", "AWS_SECRET_ACCESS_KEY": "only the tests know"}
    system = fsspec.get_filesystem_class("s3")
    with patch.dict(os.environ, variables):
        system.clear_instance_cache()
        try:
            yield
        finally:
            system.clear_instance_cache()


def bucket() -> Any:
    """The bucket, past the program."""
    return fsspec.filesystem("s3", use_listings_cache=False)


def objects() -> dict[str, int]:
    """What lies in the bucket, with its size."""
    return {path: int(found["size"]) for path, found in bucket().find(BUCKET, detail=True).items()}


def parts() -> list[str]:
    """What lies there of uploads that were begun and neither finished nor given up."""
    return [upload["Key"] for upload in bucket().call_s3("list_multipart_uploads", Bucket=BUCKET).get("Uploads", [])]
