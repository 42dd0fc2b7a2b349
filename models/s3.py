"""What an S3 store needs beyond what fsspec says of every store: small parts, few tries, and no parts that are left lying."""

import contextlib
import importlib
from typing import Any

PART = 5 * 1024 * 1024
"""The least that S3 takes; so much of each file is held in memory at a time."""

TRIES = 2
"""Of the client, and as many again of s3fs around it: a store that does not answer is told within a minute or two."""


def options() -> dict[str, Any]:
    """What s3fs is told when it is made; raises ImportError where it is not installed."""
    session = importlib.import_module("aiobotocore.session").AioSession()
    session.register("before-call.s3", _send_at_once)
    return {
        "session": session,
        "default_block_size": PART,
        "fixed_upload_size": True,  # some stores refuse parts of unequal size
        "use_listings_cache": False,  # other processes write there as well
        "config_kwargs": {"retries": {"mode": "standard", "total_max_attempts": TRIES}},
    }


def is_s3(address: str) -> bool:
    """Whether the address is that of a bucket."""
    return address.startswith(("s3://", "s3a://"))


def drop_parts(system: Any, path: str) -> None:
    """Delete what an upload left that was cut short: no listing shows its parts, and the bucket is paid for them."""
    bucket, key, _version = system.split_path(path)
    with contextlib.suppress(PermissionError):  # then a lifecycle rule of the bucket has to do it
        for upload in system.call_s3("list_multipart_uploads", Bucket=bucket, Prefix=key).get("Uploads", ()):
            system.abort_mpu(bucket, upload["Key"], upload["UploadId"])


def _send_at_once(params: dict[str, Any], **_more: Any) -> None:
    """Without asking the store first whether it would take the bytes: the client waits for ever on one that does not say."""
    params["headers"].pop("Expect", None)
