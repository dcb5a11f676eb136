package fr.pennylanesync.digest;

import static fr.pennylanesync.failure.ErrorDescription.lasting;
import static fr.pennylanesync.failure.ErrorDescription.passing;
import static fr.pennylanesync.failure.Fault.CONFIGURATION;
import static fr.pennylanesync.failure.Fault.THEIRS;
import static fr.pennylanesync.failure.Scope.PROCESS;
import static fr.pennylanesync.failure.Scope.STREAM;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.ErrorDescription;

/** The codes of what an anchor shows, and of an anchor that cannot be made. */
public enum DigestErrorCode implements ErrorCode {
    DIGEST_KEY_UNUSABLE(lasting(CONFIGURATION, PROCESS,
            "the key that signs or checks digest documents cannot be used",
            "give digest.private-key as PKCS#8 of an Ed25519 key, or let pennylane.tokens.directory be written once")),
    DIGEST_DIRECTORY_UNUSABLE(lasting(CONFIGURATION, PROCESS,
            "a digest document cannot be written into digest.directory",
            "check its rights and free space; a document of that number with other content must be moved away")),
    DIGEST_MISSING(lasting(THEIRS, PROCESS,
            "a digest document is not there, or does not follow the one before it",
            "restore the documents from digest.directory or from whoever was given them; none is ever made anew")),
    DIGEST_SIGNATURE(lasting(THEIRS, PROCESS,
            "a digest document was not signed by the key, or is of another warehouse",
            "check the public key that was given; otherwise somebody made or changed the document")),
    TIME_STAMP_UNAVAILABLE(passing(THEIRS, PROCESS,
            "the server of digest.tsa-url does not answer",
            "check the address and the network; the document is stored without, and stamped with the next one")),
    TIME_STAMP_INVALID(lasting(THEIRS, PROCESS,
            "what is to be the time stamp of a digest document is none, or of another document",
            "check digest.tsa-url; of a stored one: restore it from digest.directory, somebody changed it")),
    CHAIN_REWRITTEN(lasting(THEIRS, STREAM,
            "a chain holds something else where a digest document says how it stood",
            "somebody rewrote the warehouse after that document was made: restore it from an older backup")),
    CHAIN_CUT(lasting(THEIRS, STREAM,
            "a chain, or a stream's rows, are shorter than a digest document says",
            "batches, rows or files were removed, or an older backup was restored: sync again, and keep both")),
    STREAM_VANISHED(lasting(THEIRS, STREAM,
            "a company or stream of a digest document is not in the warehouse any more",
            "restore its rows and its ledger from a backup"));

    private final ErrorDescription description;

    DigestErrorCode(ErrorDescription description) {
        this.description = description;
    }

    @Override
    public String source() {
        return "digest";
    }

    @Override
    public ErrorDescription description() {
        return description;
    }
}
