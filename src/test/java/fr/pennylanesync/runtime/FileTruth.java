package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.archive.FileProgress.StreamFileCounts;
import fr.pennylanesync.archive.s3.ArchiveVerification;
import fr.pennylanesync.archive.s3.S3Archive;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.sandbox.LoggedRequest;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.TruthRecord;
import fr.pennylanesync.stream.FileField;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the archive must hold, by the sandbox: every document that a record points to, byte by byte. */
public final class FileTruth {

    private static final Duration OLDEST_URL = Duration.ofSeconds(60);

    private FileTruth() {}

    /** The lists with files, or with files in their sub-lists. */
    static List<StreamDefinition> streams(TestRun run) {
        return run.catalog.roots().stream().filter(stream -> !stream.files().isEmpty()
                || run.catalog.childrenOf(stream.name()).stream().anyMatch(child -> !child.files().isEmpty())).toList();
    }

    static void assertComplete(Sandbox sandbox, Warehouse warehouse, TestRun run) {
        assertThat(run.runtime.archive().progress().all())
                .allSatisfy(stream -> assertThat(stream.stoppedBy()).isEmpty());
        assertComplete(sandbox, warehouse, run.catalog.all(), run.runtime.archive().bucket());
    }

    /** Nothing is missing, nothing else is there, and every object holds what the sandbox serves. */
    public static void assertComplete(Sandbox sandbox, Warehouse warehouse, Collection<StreamDefinition> streams,
            S3Archive bucket) {
        assertThat(warehouse.jdbc().sql("select error_code from pennylane_sync.file where state <> 'ARCHIVED'")
                .query(String.class).list())
                .isEmpty();
        Set<String> archived = new TreeSet<>(warehouse.jdbc()
                .sql("""
                select concat_ws(' ', company_id, stream, parent_id, record_id, field, encode(sha256, 'hex'))
                from pennylane_sync.file""")
                .query(String.class).list());
        Set<String> expected = expected(sandbox, streams);
        assertThat(expected).isNotEmpty();
        assertThat(archived).isEqualTo(expected);
        ArchiveVerification.ArchiveVerificationResult verified = new ArchiveVerification(warehouse.jdbc(), bucket)
                .verify(sandbox.companies().stream().map(company -> company.id()).toList(), List.of(),
                        OptionalInt.empty());
        assertThat(verified.differences()).isEmpty();
        assertThat(verified.rehashed()).isEqualTo(verified.objects()).isPositive();
    }

    private static Set<String> expected(Sandbox sandbox, Collection<StreamDefinition> streams) {
        return sandbox.companies().stream().flatMap(company -> streams.stream().filter(StreamDefinition::enabled)
                .filter(stream -> !stream.files().isEmpty())
                .flatMap(stream -> WarehouseTruth.records(sandbox, company.id(), stream)
                        .flatMap(record -> contents(sandbox, company.id(), stream, record))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> contents(Sandbox sandbox, long company, StreamDefinition stream, TruthRecord record) {
        return stream.files().stream().filter(field -> at(record.json(), field).isTextual())
                .map(field -> String.join(" ", Long.toString(company), stream.name(), Long.toString(record.parentId()),
                        Long.toString(record.json().path("id").longValue()), field.name(),
                        HexFormat.of()
                                .formatHex(Sha256.of(sandbox.document(at(record.json(), field).textValue())).bytes())));
    }

    private static JsonNode at(JsonNode record, FileField field) {
        JsonNode node = record;
        for (String step : field.path()) {
            node = node.path(step);
        }
        return node;
    }

    /** Files for each request to the API, of the lists whose records can be asked for by id. */
    static double perRequest(TestRun run, String... streams) {
        List<StreamFileCounts> figures = run.runtime.archive().progress().all().stream()
                .filter(one -> !run.catalog.find(one.stream()).orElseThrow().isChild())
                .filter(one -> streams.length == 0 || List.of(streams).contains(one.stream())).toList();
        return (double) figures.stream().mapToLong(StreamFileCounts::archived).sum()
                / figures.stream().mapToLong(StreamFileCounts::requests).sum();
    }

    public static List<LoggedRequest> fetched(Sandbox sandbox) {
        return sandbox.requests().all().stream().filter(LoggedRequest::isFile).toList();
    }

    public static void assertUrlsWereYoungAndBare(Sandbox sandbox) {
        assertThat(fetched(sandbox)).isNotEmpty().allSatisfy(request -> {
            assertThat(request.fileUrlAge().orElseThrow()).isLessThanOrEqualTo(OLDEST_URL);
            assertThat(request.authorizationSent()).isFalse();
        });
    }

    static void assertNoUrlIsKept(Warehouse warehouse) {
        List<String> tables = warehouse.jdbc()
                .sql("""
                select format('%I.%I', schemaname, tablename) from pg_tables
                where schemaname in ('pennylane', 'pennylane_sync')""")
                .query(String.class).list();
        assertThat(tables).allSatisfy(table -> assertThat(warehouse.jdbc()
                .sql("select count(*) from " + table + " t where t::text like '%/files/%'").query(Long.class).single())
                .isZero());
    }
}
