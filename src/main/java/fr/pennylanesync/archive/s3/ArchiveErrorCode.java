package fr.pennylanesync.archive.s3;

import static fr.pennylanesync.failure.ErrorDescription.lasting;
import static fr.pennylanesync.failure.ErrorDescription.passing;
import static fr.pennylanesync.failure.Fault.CONFIGURATION;
import static fr.pennylanesync.failure.Fault.OURS;
import static fr.pennylanesync.failure.Fault.THEIRS;
import static fr.pennylanesync.failure.Scope.PROCESS;
import static fr.pennylanesync.failure.Scope.STREAM;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.ErrorDescription;
import fr.pennylanesync.failure.Fault;
import fr.pennylanesync.failure.Scope;

/** The codes of an archive that cannot be used, or does not hold what it should. */
public enum ArchiveErrorCode implements ErrorCode {
    // The embedded S3.
    EMBEDDED_S3_DIRECTORY_UNUSABLE(lasting(CONFIGURATION, PROCESS,
            "the embedded S3 cannot use its directory",
            "check rights and free space of archive.directory; its file system must have extended attributes")),
    EMBEDDED_KEY_UNREADABLE(lasting(CONFIGURATION, PROCESS,
            "there are objects, and the generated access key beside them cannot be read",
            "restore the file access-key of the directory, or delete it: a new one is made at the next start")),
    EMBEDDED_S3_START_FAILED(passing(OURS, PROCESS,
            "the embedded S3 did not start",
            "choose another port, or end the program that listens there")),
    EMBEDDED_S3_STOP_FAILED(lasting(OURS, PROCESS,
            "the embedded S3 did not stop",
            "nothing stored is lost; end the process")),

    // Any bucket.
    PREFIX_REFUSED(lasting(CONFIGURATION, PROCESS,
            "the configured prefix is no beginning of a key",
            "use letters, digits, dots, dashes, underscores and inner slashes, each part beginning with a letter "
                    + "or digit")),
    UNAVAILABLE(passing(THEIRS, STREAM,
            "the archive does not answer, or says that it cannot now",
            "check archive.s3.endpoint and the network; the files wait and are archived later")),
    REFUSED(lasting(CONFIGURATION, STREAM,
            "the archive refuses our key, or the right to an operation",
            "check archive.s3.access-key and the rights to put, get, list and head objects of the bucket")),
    BUCKET_MISSING(lasting(CONFIGURATION, STREAM,
            "the configured bucket is not there",
            "create the bucket, or correct archive.s3.bucket and archive.s3.region")),
    OBJECT_MISSING(lasting(Fault.ITEM, Scope.ITEM,
            "no object lies under the key",
            "restore it; or delete its row of pennylane_sync.file and run sync --pass walk: the file is fetched "
                    + "again")),
    CONDITIONAL_WRITES_UNSUPPORTED(lasting(CONFIGURATION, PROCESS,
            "the archive's server does not refuse to replace an object (If-None-Match: *), so no file is safe there",
            "use a server that has conditional writes, or a newer version of it: Amazon S3, Ceph, Garage, MinIO and "
                    + "RustFS have them; or leave archive.s3.* empty for the embedded one")),
    RETENTION_UNSUPPORTED(lasting(CONFIGURATION, PROCESS,
            "the bucket has no Object Lock",
            "Object Lock can only be had on a bucket that was made with it: use such a bucket, or leave "
                    + "archive.retention empty")),
    RETENTION_NOT_CONFIRMED(lasting(CONFIGURATION, STREAM,
            "the archive does not confirm that an object is locked as long as asked",
            "grant s3:GetObjectRetention and s3:PutObjectRetention, and check that the server enforces Object "
                    + "Lock")),
    OBJECT_READ_BACK_DIFFERS(passing(THEIRS, Scope.ITEM,
            "what the archive says it stored is not what was sent",
            "the object is kept for inspection; verify names it; check the server's disk and any proxy in between")),
    KEY_HOLDS_OTHER_CONTENT(lasting(Fault.ITEM, Scope.ITEM,
            "another object lies under the key that is named after the content",
            "somebody wrote into the archive past pennylane-sync: look at the object, move it away, retry")),
    ALREADY_STORED(lasting(Fault.ITEM, Scope.ITEM,
            "an object lies under the key already",
            "nothing is to be done: the object is read back and adopted")),
    LOCAL_FILE_CHANGED(passing(OURS, Scope.ITEM,
            "the file changed on local disk between download and upload",
            "check the disk of the temporary directory")),
    PARSER_NOT_STARTED(passing(OURS, STREAM,
            "the process that looks into downloaded files cannot be started",
            "check the memory and the number of processes that the machine allows; the files wait and are archived "
                    + "later")),
    LOCAL_DISK_FAILED(passing(OURS, STREAM,
            "the folder for downloads cannot be written",
            "check rights and free space of the folder for downloads"));

    private final ErrorDescription description;

    ArchiveErrorCode(ErrorDescription description) {
        this.description = description;
    }

    @Override
    public String source() {
        return "archive";
    }

    @Override
    public ErrorDescription description() {
        return description;
    }
}
