package fr.pennylanesync.company;

import fr.pennylanesync.lease.CompanyLeases;
import fr.pennylanesync.lease.Lease;
import java.time.Duration;
import java.util.Optional;

/**
 * Decides who may ask {@code /me} now: nobody may while another process reads the company or asks about new tokens,
 * whose budget they share.
 */
public interface IdentificationLock {

    /** For a process that is alone. */
    IdentificationLock ALONE = new IdentificationLock() {
        @Override
        public Optional<Lease> forNewTokens() {
            return Optional.of(() -> {});
        }

        @Override
        public Optional<Lease> of(long companyId) {
            return Optional.of(() -> {});
        }
    };

    /** Tells whether no other process shares the companies. */
    default boolean areAlone() {
        return this == ALONE;
    }

    /** Waits for other processes that ask. */
    Optional<Lease> forNewTokens();

    Optional<Lease> of(long companyId);

    static IdentificationLock of(CompanyLeases leases) {
        Duration longestWait = Duration.ofSeconds(30);
        return new IdentificationLock() {
            @Override
            public Optional<Lease> forNewTokens() {
                return leases.acquire(CompanyLeases.IDENTIFICATION, longestWait);
            }

            @Override
            public Optional<Lease> of(long companyId) {
                return leases.tryAcquire(companyId);
            }
        };
    }
}
