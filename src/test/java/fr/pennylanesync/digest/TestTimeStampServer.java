package fr.pennylanesync.digest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/** A time-stamp server of RFC 3161 with a certificate of its own, which can be away, or lie. */
public final class TestTimeStampServer implements AutoCloseable {

    /** What the server does with a question. */
    public enum Habit {
        STAMPS, IS_AWAY, STAMPS_ANOTHER_HASH, ANSWERS_WITH_A_PAGE
    }

    private static final String POLICY = "1.2.3.4.1";

    private final HttpServer http;
    private final KeyPair keys;
    private final X509CertificateHolder certificate;
    private volatile Habit habit = Habit.STAMPS;
    private long serial;

    private TestTimeStampServer(HttpServer http, KeyPair keys, X509CertificateHolder certificate) {
        this.http = http;
        this.keys = keys;
        this.certificate = certificate;
    }

    public static TestTimeStampServer start() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair keys = generator.generateKeyPair();
        X500Name name = new X500Name("CN=Test TSA");
        Instant now = Instant.now();
        X509CertificateHolder certificate = new JcaX509v3CertificateBuilder(name, BigInteger.ONE,
                Date.from(now.minus(Duration.ofDays(1))), Date.from(now.plus(Duration.ofDays(1))), name,
                keys.getPublic()).addExtension(Extension.extendedKeyUsage, true,
                        new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping))
                .build(signer(keys));
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TestTimeStampServer server = new TestTimeStampServer(http, keys, certificate);
        http.createContext("/", server::answer);
        http.start();
        return server;
    }

    private static ContentSigner signer(KeyPair keys) throws Exception {
        return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/");
    }

    public void does(Habit next) {
        habit = next;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] question = exchange.getRequestBody().readAllBytes();
            if (habit == Habit.IS_AWAY) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            byte[] answer = habit == Habit.ANSWERS_WITH_A_PAGE ? "<html>".getBytes() : stamp(question);
            exchange.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private synchronized byte[] stamp(byte[] question) throws IOException {
        try {
            TimeStampRequest request = new TimeStampRequest(question);
            if (habit == Habit.STAMPS_ANOTHER_HASH) {
                TimeStampRequestGenerator other = new TimeStampRequestGenerator();
                other.setCertReq(true);
                request = other.generate(TSPAlgorithms.SHA256, new byte[32], request.getNonce());
            }
            TimeStampTokenGenerator tokens = new TimeStampTokenGenerator(
                    new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                            .build(signer(keys), certificate),
                    new JcaDigestCalculatorProviderBuilder().build()
                            .get(new org.bouncycastle.asn1.x509.AlgorithmIdentifier(TSPAlgorithms.SHA256)),
                    new ASN1ObjectIdentifier(POLICY));
            tokens.addCertificates(new JcaCertStore(List.of(certificate)));
            return new TimeStampResponseGenerator(tokens, TSPAlgorithms.ALLOWED)
                    .generate(request, BigInteger.valueOf(++serial), new Date()).getEncoded();
        } catch (IOException broken) {
            throw broken;
        } catch (Exception impossible) {
            throw new IOException(impossible);
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
