package fr.pennylanesync.report;

import fr.pennylanesync.landing.state.StoredInstant;
import fr.pennylanesync.stream.StreamCatalog;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds what is known of a company and takes long to count.
 *
 * @param archived files
 * @param pending files that wait
 * @param failed files that cannot be fetched, or are set aside
 * @param auditedAt when any audit of it last came to a result
 * @param differing parts that their newest audit with a result found otherwise
 */
public record CompanyFigures(long archived, long pending, long failed, Optional<Instant> auditedAt, long differing) {

    public static final CompanyFigures NONE = new CompanyFigures(0, 0, 0, Optional.empty(), 0);

    private CompanyFigures plus(String state, long files) {
        return switch (state) {
            case "ARCHIVED" -> new CompanyFigures(archived + files, pending, failed, auditedAt, differing);
            case "PENDING" -> new CompanyFigures(archived, pending + files, failed, auditedAt, differing);
            default -> new CompanyFigures(archived, pending, failed + files, auditedAt, differing);
        };
    }

    public long files() {
        return archived + pending + failed;
    }

    /**
     * Reads those of every company.
     *
     * @param hasShare whether there still is a data sharing to compare with
     */
    public static Map<Long, CompanyFigures> read(JdbcClient jdbc, StreamCatalog catalog, boolean hasShare) {
        Map<Long, Long> differing = AuditDifference.read(jdbc, catalog, hasShare).stream().collect(
                Collectors.groupingBy(AuditDifference::companyId, Collectors.summingLong(AuditDifference::parts)));
        Map<Long, CompanyFigures> figures = new HashMap<>();
        jdbc.sql(String.format(Locale.ROOT, """
                select c.id, max(newest.audited_at) from pennylane_sync.company c
                cross join (values ('share'), ('trial-balance'), ('fec'), ('reread'), ('books')) k(kind)
                left join lateral (%s) newest on true group by c.id""", AuditDifference.NEWEST))
                .query(row -> {
                    figures.put(row.getLong(1), new CompanyFigures(0, 0, 0,
                            StoredInstant.of(row, 2),
                            differing.getOrDefault(row.getLong(1), 0L)));
                });
        jdbc.sql("select company_id, state, count(*) from pennylane_sync.file where not left_out group by 1, 2")
                .query(row -> {
                    figures.put(row.getLong(1), figures.getOrDefault(row.getLong(1), NONE).plus(row.getString(2),
                            row.getLong(3)));
                });
        return Map.copyOf(figures);
    }
}
