package fr.pennylanesync.archive;

import static java.util.Objects.requireNonNull;

import software.amazon.awssdk.core.exception.SdkException;

/**
 * The archive cannot be used, or does not hold what it should: what is wrong, under a code to count by, and what to do about it. Holds
 * no text of a server and no foreign cause: both may quote object keys, buckets or signed addresses.
 */
public final class ArchiveException extends RuntimeException {

    /** What kind of failure it is; stable, for dashboards and tests. */
    public enum Code {
        /** The directory of the embedded S3 cannot be written, or its file system keeps no extended attributes. */
        EMBEDDED_DIRECTORY_UNUSABLE(false, "Check rights and free space of archive.directory; its file system must have"
                + " extended attributes."),
        /** There are objects, yet the generated access key beside them cannot be read. */
        EMBEDDED_KEY_UNREADABLE(false, "Restore the file access-key of the directory, or delete it: a new one is made at the next start."),
        /** The embedded server did not come up. */
        EMBEDDED_START_FAILED(true, "Choose another port, or end the program that listens there."),
        /** The embedded server did not go down. */
        EMBEDDED_STOP_FAILED(false, "Nothing stored is lost; end the process."),
        /** The configured prefix is no beginning of a key. */
        PREFIX_REFUSED(false, "Use letters, digits, dots, dashes, underscores and inner slashes, each part beginning with a letter or digit."),
        /** No server answers, or it answers that it cannot now. */
        UNAVAILABLE(true, "Check archive.s3.endpoint and the network; the files wait and are archived later."),
        /** The server refuses our key, or the right to an operation. */
        REFUSED(false, "Check archive.s3.access-key and the rights to put, get, list and head objects of the bucket."),
        /** The configured bucket is not there. */
        BUCKET_MISSING(false, "Create the bucket, or correct archive.s3.bucket and archive.s3.region."),
        /** No object lies under the key. */
        OBJECT_MISSING(false, "Restore it; or delete its row of pennylane_sync.file and run sync --pass walk: the file is fetched again."),
        /** Retention is configured, and the bucket has no Object Lock. */
        RETENTION_UNSUPPORTED(false, "Object Lock can only be had on a bucket that was made with it: use such a bucket, or leave"
                + " archive.retention empty."),
        /** The object was stored, and the server does not confirm that it is locked as long as asked. */
        RETENTION_NOT_CONFIRMED(false, "Grant s3:GetObjectRetention and s3:PutObjectRetention, and check that the server enforces Object"
                + " Lock."),
        /** What the server says it stored is not what was sent. */
        READ_BACK_DIFFERS(true, "The object is kept for inspection; verify names it. Check the server's disk and any proxy in between."),
        /** Another object lies under the key that is named after the content. */
        KEY_HOLDS_OTHER_CONTENT(false, "Somebody wrote into the archive past pennylane-sync: look at the object, move it away, retry."),
        /** The file that was to be stored changed on local disk between download and upload. */
        LOCAL_FILE_CHANGED(true, "Check the disk of the temporary directory."),
        /** The folder for downloads cannot be written. */
        LOCAL_DISK_FAILED(true, "Check rights and free space of the folder for downloads.");

        private final boolean retryable;
        private final String remedy;

        Code(boolean retryable, String remedy) {
            this.retryable = retryable;
            this.remedy = remedy;
        }

        /** Whether the same operation may succeed later without anybody's help. */
        public boolean retryable() {
            return retryable;
        }

        /** What the operator can do. */
        public String remedy() {
            return remedy;
        }
    }

    private final Code code;

    public ArchiveException(Code code, String problem) {
        super(requireNonNull(code, "code") + ": " + problem + ". " + code.remedy());
        this.code = code;
    }

    /** Names the failure of a call that Camel's component made. */
    public static ArchiveException of(SdkException failure) {
        return S3Failures.of("a call of the S3 component", failure);
    }

    public Code code() {
        return code;
    }

    /** For the routes: whether to try again. */
    public boolean isRetryable() {
        return code.retryable();
    }
}
