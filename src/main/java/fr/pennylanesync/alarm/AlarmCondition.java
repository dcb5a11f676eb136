package fr.pennylanesync.alarm;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.logging.SensitiveText;
import fr.pennylanesync.report.Warning;
import fr.pennylanesync.report.WarningCode;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Something that is not as it should be at the moment. As long as it is there, its alarm is open. It is the same as
 * another one where code, company, stream and part are the same.
 *
 * @param part what else tells it from others of its code; may be empty
 * @param since when it began, where that is known
 * @param reason what is wrong, in ids, counts and codes: no alias either, since one is often made of a name
 * @param remedy what to do
 */
public record AlarmCondition(String code, OptionalLong companyId, Optional<String> stream, String part,
        Optional<Instant> since, String reason, String remedy) {

    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]+");
    private static final int TEXT_MAX = 500;

    public AlarmCondition {
        if (!CODE.matcher(code).matches() || reason.isBlank() || remedy.isBlank()) {
            throw new IllegalArgumentException("a condition has a code, a reason and a remedy: " + code);
        }
        part = plain(part);
        reason = plain(reason);
        remedy = plain(remedy);
    }

    private static String plain(String text) {
        String masked = SensitiveText.mask(text);
        return masked.length() > TEXT_MAX ? masked.substring(0, TEXT_MAX) + "…" : masked;
    }

    /** Takes what health and {@code status} say. */
    public static AlarmCondition of(Warning warning) {
        Warning.Concern concern = warning.concern();
        String detail = concern.detail().isEmpty() ? concern.part() : concern.detail();
        String reason = WarningCode.find(warning.code())
                .map(code -> code.meaning() + (detail.isBlank() ? "" : ": " + detail))
                .orElse(warning.subject().isBlank() ? warning.code() : warning.subject());
        return new AlarmCondition(warning.code(), concern.companyId(), concern.stream(), concern.part(),
                warning.since(),
                reason, warning.remedy());
    }

    /** Says that something which everybody needs is away or unusable. */
    public static AlarmCondition of(String code, ErrorCode why) {
        return of(code, why.name() + ", " + why.meaning(), why.remedy());
    }

    /** Says something of the whole installation. */
    public static AlarmCondition of(String code, String reason, String remedy) {
        return new AlarmCondition(code, OptionalLong.empty(), Optional.empty(), "", Optional.empty(), reason, remedy);
    }

    /** Says something of a company. */
    public static AlarmCondition of(long companyId, String code, String reason, String remedy) {
        return new AlarmCondition(code, OptionalLong.of(companyId), Optional.empty(), "", Optional.empty(), reason,
                remedy);
    }

    /**
     * Takes a row of a statement that looks for a condition.
     *
     * @throws fr.pennylanesync.failure.SyncException if a column is missing or of another type
     */
    static AlarmCondition of(Map<String, Object> row) {
        try {
            return new AlarmCondition(text(row, "code"), companyId(row),
                    Optional.ofNullable((String) row.get("stream")),
                    Optional.ofNullable((String) row.get("part")).orElse(""),
                    Optional.ofNullable((Timestamp) row.get("since")).map(Timestamp::toInstant), text(row, "reason"),
                    text(row, "remedy"));
        } catch (ClassCastException | NullPointerException | IllegalArgumentException wrong) {
            throw AlarmErrorCode.invalid(wrong);
        }
    }

    private static OptionalLong companyId(Map<String, Object> row) {
        Number id = (Number) row.get("company_id");
        return id == null ? OptionalLong.empty() : OptionalLong.of(id.longValue());
    }

    private static String text(Map<String, Object> row, String column) {
        return (String) Objects.requireNonNull(row.get(column));
    }
}
