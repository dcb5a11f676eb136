package fr.pennylanesync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.sandbox.api.FileKind;
import fr.pennylanesync.sandbox.fault.FaultKind;
import fr.pennylanesync.sandbox.fault.FaultPlan;
import fr.pennylanesync.sandbox.fault.FaultRule;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SandboxFileTest {

    private static final AdjustableClock CLOCK = AdjustableClock.stoppedAt(Instant.parse("2026-11-20T10:00:00Z"));
    private static Sandbox sandbox;
    private static Caller caller;

    @BeforeAll
    static void start() {
        sandbox =
                Sandbox.start(SandboxOptions.defaults().withCompanies(1).withClock(CLOCK).withRateLimit(RateLimit.OFF));
        caller = new Caller(sandbox, 0);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void everyFileFieldLeadsToADocument() {
        assertPdf(first("/customer_invoices", "/public_file_url"));
        assertPdf(first("/supplier_invoices", "/public_file_url"));
        assertPdf(first("/quotes", "/public_file_url"));
        assertPdf(first("/commercial_documents", "/public_file_url"));
        assertPdf(first("/ledger_entries", "/attachment/url"));
        assertPdf(first("/purchase_requests", "/purchase_order/url"));
        assertPdf(first("/pro_account/mandates", "/pdf_url"));
        assertPdf(appendix());
        HttpResponse<byte[]> xml = Caller.download(first("/supplier_invoices", "/e_invoicing/source_file_url"));
        assertThat(new String(xml.body(), StandardCharsets.UTF_8)).startsWith("<?xml").contains("CrossIndustryInvoice");
    }

    @Test
    void theUrlIsNewOnEveryReadAndTheBytesAreTheSame() {
        String one = first("/quotes", "/public_file_url");
        String other = first("/quotes", "/public_file_url");
        assertThat(one).isNotEqualTo(other);
        assertThat(Caller.download(one).body()).isEqualTo(Caller.download(other).body());
    }

    @Test
    void theUrlExpiresAfterThirtyMinutesAndTheLogKnowsItsAge() {
        String url = first("/quotes", "/public_file_url");
        CLOCK.advance(Duration.ofMinutes(29));
        assertThat(Caller.download(url).statusCode()).isEqualTo(200);
        CLOCK.advance(Duration.ofMinutes(2));
        assertThat(Caller.download(url).statusCode()).isEqualTo(403);
        List<LoggedRequest> uses =
                sandbox.requests().all().stream().filter(request -> url.endsWith(request.path())).toList();
        assertThat(uses).extracting(use -> use.fileUrlAge().orElseThrow()).containsExactly(Duration.ofMinutes(29),
                Duration.ofMinutes(31));
        assertThat(uses).allMatch(
                use -> !use.authorizationSent() && use.recordCompanyId().orElse(0) == sandbox.companies().get(0).id());
    }

    @Test
    void anAuthorizationHeaderOnAFileIsNoticed() {
        String url = first("/quotes", "/public_file_url");
        new Caller(URI.create(url), sandbox.companies().get(0).token()).get("");
        assertThat(sandbox.requests().all()).filteredOn(request -> url.endsWith(request.path())).singleElement()
                .matches(LoggedRequest::authorizationSent);
    }

    @Test
    void aGuessedUrlLeadsNowhere() {
        String url = first("/quotes", "/public_file_url");
        char last = url.charAt(url.indexOf("/files/") + 20);
        String tampered = url.replace(url.substring(url.indexOf("/files/") + 20, url.indexOf("/files/") + 21),
                last == 'A' ? "B" : "A");
        assertThat(Caller.download(tampered).statusCode()).isEqualTo(404);
        assertThat(Caller.download(url.replaceAll("/files/.*", "/files/1")).statusCode()).isEqualTo(404);
    }

    @Test
    void aFileBringsItsDigestAndFaultsStrikeFilesOnly() throws Exception {
        String url = first("/quotes", "/public_file_url");
        HttpResponse<byte[]> whole = Caller.download(url);
        assertThat(whole.headers().firstValue("content-md5")).contains(md5(whole.body()));
        assertThat(sandbox.document(url)).isEqualTo(whole.body());

        assertThat(struck(FaultKind.EXPIRED_FILE_URL, url).statusCode()).isEqualTo(403);
        HttpResponse<byte[]> redirect = struck(FaultKind.PRIVATE_REDIRECT, url);
        assertThat(redirect.statusCode()).isEqualTo(302);
        assertThat(redirect.headers().firstValue("location")).contains("https://10.0.0.1/document.pdf");
        HttpResponse<byte[]> flipped = struck(FaultKind.FLIPPED_BYTE, url);
        assertThat(flipped.body()).hasSameSizeAs(whole.body()).isNotEqualTo(whole.body());
        assertThat(flipped.headers().firstValue("content-md5")).as("of what it should be").contains(md5(whole.body()));
        HttpResponse<byte[]> bomb = struck(FaultKind.COMPRESSION_BOMB, url);
        assertThat(bomb.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(bomb.body().length).isLessThan(200_000);
    }

    @Test
    void anEndlessFileAnnouncesTenGigabytes() throws Exception {
        String url = first("/quotes", "/public_file_url");
        sandbox.faults().use(FaultPlan.of(FaultRule.always(FaultKind.ENDLESS_FILE)));
        URLConnection connection = URI.create(url).toURL().openConnection();
        try (InputStream body = connection.getInputStream()) {
            assertThat(connection.getContentLengthLong()).isEqualTo(10L * 1024 * 1024 * 1024);
            assertThat(body.readNBytes(1_000_000)).hasSize(1_000_000);
        } finally {
            sandbox.faults().clear();
        }
    }

    @Test
    void aDocumentOfAnySizeIsAPdf() {
        JsonNode quote =
                caller.walk("/quotes", "limit", 100).stream().filter(item -> item.path("public_file_url").isTextual())
                        .reduce((one, other) -> other).orElseThrow();
        sandbox.enlarge(FileKind.QUOTE, sandbox.companies().get(0).id(), quote.path("id").longValue(), 3_000_000);
        byte[] document = Caller.download(quote.path("public_file_url").asText()).body();
        assertThat(document).hasSizeBetween(3_000_000, 3_001_000);
        String text = new String(document, StandardCharsets.ISO_8859_1);
        int table = Integer.parseInt(text.replaceAll("(?s).*startxref\n(\\d+)\n.*", "$1"));
        assertThat(text.substring(table)).startsWith("xref\n0 5\n");
    }

    private static HttpResponse<byte[]> struck(FaultKind kind, String url) {
        sandbox.faults().use(FaultPlan.of(FaultRule.always(kind)));
        try {
            assertThat(caller.get("/quotes").statusCode()).as("no file").isEqualTo(200);
            return Caller.download(url);
        } finally {
            sandbox.faults().clear();
        }
    }

    private static String md5(byte[] content) throws Exception {
        return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(content));
    }

    private static String first(String path, String pointer) {
        return caller.walk(path, "limit", 100).stream().map(item -> item.at(pointer)).filter(JsonNode::isTextual)
                .findFirst().orElseThrow().asText();
    }

    private static String appendix() {
        long parent = sandbox.truth().records(sandbox.companies().get(0).id(), "customer_invoices_appendices")
                .findFirst().orElseThrow().parentId();
        return caller.json("/customer_invoices/" + parent + "/appendices").path("items").get(0).path("url").asText();
    }

    /** The cross-reference table must point at the objects: that is what makes the file readable. */
    private static void assertPdf(String url) {
        HttpResponse<byte[]> response = Caller.download(url);
        assertThat(response.statusCode()).isEqualTo(200);
        String text = new String(response.body(), StandardCharsets.ISO_8859_1);
        assertThat(text).startsWith("%PDF-").endsWith("%%EOF\n");
        int table = Integer.parseInt(text.replaceAll("(?s).*startxref\n(\\d+)\n.*", "$1"));
        assertThat(text.substring(table)).startsWith("xref\n0 6\n");
        for (int object = 1; object <= 5; object++) {
            int offset = Integer.parseInt(text.substring(table).split("\n")[2 + object].substring(0, 10));
            assertThat(text.substring(offset)).startsWith(object + " 0 obj");
        }
    }
}
