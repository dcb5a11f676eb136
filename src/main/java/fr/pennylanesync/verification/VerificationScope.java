package fr.pennylanesync.verification;

import java.time.Instant;
import java.util.Optional;

/**
 * Says how much a verification looks at, and who is told how far it is.
 *
 * @param since only what was landed since then; empty: everything
 * @param journal which parts an interrupted verification has ended with; empty: none is kept
 */
public record VerificationScope(Optional<Instant> since, Optional<VerificationJournal> journal,
        VerificationProgress progress) {

    /** Is a verification of everything, at once. */
    public static VerificationScope everything() {
        return new VerificationScope(Optional.empty(), Optional.empty(), new VerificationProgress());
    }
}
