"""Refusals of uploads and downloads."""

from palaver.attachments import ALLOWED_TYPES_TEXT
from palaver.errors.base import PalaverError
from palaver.errors.common import BadRequest
from palaver.files.stores import StoreFailed


class UnsupportedFileType(BadRequest):
    """The declared or the detected media type may not be stored."""

    message = "Unsupported file type."

    def __init__(self) -> None:
        super().__init__(detail=ALLOWED_TYPES_TEXT)


class FileTypeMismatch(BadRequest):
    """The content is not what the Content-Type header says."""

    message = "File content type does not match Content-Type header."

    def __init__(self, declared: str, detected: str) -> None:
        super().__init__(detail=f'Header declared "{declared}" but file content was detected as "{detected}".')


class FileNameMissing(BadRequest):
    """No name is left after cleaning."""

    message = "Filename is required."

    def __init__(self) -> None:
        super().__init__(detail="Provide a filename in the Content-Disposition header.")


class FileEmpty(BadRequest):
    """The upload has no bytes."""

    message = "Invalid file."

    def __init__(self) -> None:
        super().__init__(detail="file is empty")


class FileNotSaved(PalaverError):
    """The store that uploads go to did not take the file."""

    message = "Failed to save chat file."

    def __init__(self, failure: StoreFailed) -> None:
        super().__init__(detail=str(failure))


class FileNotRead(PalaverError):
    """The store that holds the file did not give it."""

    message = "Failed to get chat file."

    def __init__(self, failure: StoreFailed) -> None:
        super().__init__(detail=str(failure))
