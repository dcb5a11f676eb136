package fr.pennylanesync.digest;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.hash.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;

/** Asks an RFC 3161 server for the time stamp of a hash. The server learns the hash and nothing else. */
final class TimeStampServer {

    /** An answer with a chain of certificates has some 6 kB. */
    private static final int ANSWER_BYTES_MAX = 64 * 1024;
    private static final int NONCE_BITS = 64;
    private static final Timeout PATIENCE = Timeout.ofSeconds(10);
    private static final ContentType QUERY = ContentType.create("application/timestamp-query");

    private static final SecureRandom RANDOM = new SecureRandom();

    private final URI url;

    TimeStampServer(URI url) {
        this.url = url;
    }

    /**
     * @throws SyncException TIME_STAMP_UNAVAILABLE if the server does not answer, TIME_STAMP_INVALID if the answer is
     * no time stamp of this hash
     */
    TimeStamp stamp(Sha256 hash) {
        TimeStampRequestGenerator questions = new TimeStampRequestGenerator();
        questions.setCertReq(true);
        TimeStampRequest question =
                questions.generate(TSPAlgorithms.SHA256, hash.bytes(), new BigInteger(NONCE_BITS, RANDOM));
        try (CloseableHttpClient http = client()) {
            HttpPost post = new HttpPost(url);
            post.setEntity(new ByteArrayEntity(question.getEncoded(), QUERY));
            return TimeStamp.of(http.execute(post, TimeStampServer::answer), hash, question);
        } catch (IOException away) {
            throw new SyncException(DigestErrorCode.TIME_STAMP_UNAVAILABLE, away.getClass().getSimpleName(), away);
        }
    }

    private static CloseableHttpClient client() {
        return HttpClients.custom().disableCookieManagement().disableAutomaticRetries()
                .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(PATIENCE).build())
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(PATIENCE).build())
                        .setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(PATIENCE).build()).build())
                .build();
    }

    private static byte[] answer(ClassicHttpResponse response) throws IOException {
        if (response.getCode() != HttpStatus.SC_OK) {
            throw new SyncException(DigestErrorCode.TIME_STAMP_UNAVAILABLE, "HTTP " + response.getCode());
        }
        if (response.getEntity() == null) {
            return new byte[0];
        }
        try (InputStream body = response.getEntity().getContent()) {
            return body.readNBytes(ANSWER_BYTES_MAX);
        }
    }
}
