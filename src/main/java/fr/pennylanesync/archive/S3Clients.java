package fr.pennylanesync.archive;

import fr.pennylanesync.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

/** Makes S3 clients that all behave alike. None of them connects to anything before its first call. */
final class S3Clients {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(5);
    private static final int CONNECTIONS_MAX = 64;

    private S3Clients() {}

    static S3Client of(Settings.S3 settings, ExecutionInterceptor... interceptors) {
        S3ClientBuilder builder = builder(interceptors).region(Region.of(settings.region())).forcePathStyle(settings.pathStyle())
                .credentialsProvider(credentials(settings));
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    static S3Client of(EmbeddedS3 embedded) {
        return builder().region(Region.of(EmbeddedS3.REGION)).forcePathStyle(true).endpointOverride(embedded.endpoint())
                .credentialsProvider(fixed(embedded.accessKey(), embedded.secretKey().reveal())).build();
    }

    /** A client of an embedded server that is started by the first call, if nobody has started it before. */
    static S3Client of(Supplier<EmbeddedS3> embedded, ExecutionInterceptor... interceptors) {
        return builder(interceptors).region(Region.of(EmbeddedS3.REGION)).forcePathStyle(true)
                .endpointProvider(parameters -> S3EndpointProvider.defaultProvider().resolveEndpoint(
                        parameters.toBuilder().endpoint(embedded.get().endpoint().toString()).build()))
                .credentialsProvider(() -> credentials(embedded.get())).build();
    }

    private static AwsCredentials credentials(EmbeddedS3 embedded) {
        return AwsBasicCredentials.create(embedded.accessKey(), embedded.secretKey().reveal());
    }

    private static S3ClientBuilder builder(ExecutionInterceptor... interceptors) {
        return S3Client.builder()
                // We send SHA-256 ourselves; the SDK's own CRC trailers are refused by older servers.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(ApacheHttpClient.builder().connectionTimeout(CONNECT_TIMEOUT).socketTimeout(SOCKET_TIMEOUT)
                        .maxConnections(CONNECTIONS_MAX))
                .overrideConfiguration(limits -> limits.apiCallAttemptTimeout(ATTEMPT_TIMEOUT).apiCallTimeout(CALL_TIMEOUT)
                        .executionInterceptors(List.of(interceptors)));
    }

    private static AwsCredentialsProvider credentials(Settings.S3 settings) {
        return settings.credentials().map(given -> fixed(given.accessKey(), given.secretKey().reveal()))
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }

    private static AwsCredentialsProvider fixed(String accessKey, String secretKey) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey));
    }
}
