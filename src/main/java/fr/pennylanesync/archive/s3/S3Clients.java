package fr.pennylanesync.archive.s3;

import fr.pennylanesync.settings.Settings;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes the one S3 client of the runtime; Camel's component finds the same one in the registry. */
final class S3Clients {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(5);
    private static final int CONNECTIONS_MAX = 64;

    private S3Clients() {}

    static S3Client of(Settings.S3 settings) {
        S3ClientBuilder builder = builder().region(Region.of(settings.region())).forcePathStyle(settings.pathStyle())
                .credentialsProvider(credentials(settings));
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    static S3Client of(EmbeddedS3 embedded) {
        return builder().region(Region.of(EmbeddedS3.REGION)).forcePathStyle(true).endpointOverride(embedded.endpoint())
                .credentialsProvider(fixed(embedded.accessKey(), embedded.secretKey().reveal())).build();
    }

    private static S3ClientBuilder builder() {
        return S3Client.builder()
                // We send SHA-256 ourselves; the SDK's own CRC trailers are refused by older servers.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(
                        ApacheHttpClient.builder().connectionTimeout(CONNECT_TIMEOUT).socketTimeout(SOCKET_TIMEOUT)
                                .maxConnections(CONNECTIONS_MAX))
                .overrideConfiguration(
                        limits -> limits.apiCallAttemptTimeout(ATTEMPT_TIMEOUT).apiCallTimeout(CALL_TIMEOUT));
    }

    private static AwsCredentialsProvider credentials(Settings.S3 settings) {
        return settings.credentials().map(given -> fixed(given.accessKey(), given.secretKey().reveal()))
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }

    private static AwsCredentialsProvider fixed(String accessKey, String secretKey) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey));
    }
}
