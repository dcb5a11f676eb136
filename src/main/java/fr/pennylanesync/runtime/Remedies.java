package fr.pennylanesync.runtime;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.archive.s3.ArchiveErrorCode;
import fr.pennylanesync.audit.AuditErrorCode;
import fr.pennylanesync.checkpoint.CheckpointErrorCode;
import fr.pennylanesync.company.CompanyErrorCode;
import fr.pennylanesync.digest.DigestErrorCode;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.GeneralErrorCode;
import fr.pennylanesync.landing.LandingErrorCode;
import fr.pennylanesync.landing.table.TableErrorCode;
import fr.pennylanesync.lease.LeaseErrorCode;
import fr.pennylanesync.postgres.PostgresErrorCode;
import fr.pennylanesync.schedule.ScheduleErrorCode;
import fr.pennylanesync.share.ShareErrorCode;
import fr.pennylanesync.stream.RouteErrorCode;
import fr.pennylanesync.token.TokenErrorCode;
import fr.pennylanesync.verification.VerificationErrorCode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says what to do about a code that stands in the warehouse. */
public final class Remedies {

    private static final Map<String, ErrorCode> CODES = Stream.<ErrorCode[]>of(ApiErrorCode.values(),
            ArchiveErrorCode.values(), AuditErrorCode.values(), CheckpointErrorCode.values(),
            CompanyErrorCode.values(), DigestErrorCode.values(), GeneralErrorCode.values(), LandingErrorCode.values(),
            TableErrorCode.values(), LeaseErrorCode.values(), PostgresErrorCode.values(), ScheduleErrorCode.values(),
            ShareErrorCode.values(), RouteErrorCode.values(), TokenErrorCode.values(),
            VerificationErrorCode.values()).flatMap(Stream::of)
            .collect(Collectors.toMap(ErrorCode::name, Function.identity()));

    private Remedies() {}

    /** Returns every code that pages may show. */
    static Set<String> codes() {
        return CODES.keySet();
    }

    /** Returns what to do about a code; empty where it is none of a failure. */
    public static Optional<String> of(String code) {
        return Optional.ofNullable(CODES.get(code)).map(ErrorCode::remedy);
    }
}
