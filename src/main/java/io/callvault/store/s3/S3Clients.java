// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.s3;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * The SDK's client, set so that nothing happens that the store's code does not say.
 *
 * <p>Over https no body is signed. Over http a body is signed whole, which every store understands; some take no more than
 * 128 MB so (S3Proxy 4.1), and a long one is therefore signed in chunks, unless the store is one that refuses what is newer.
 */
final class S3Clients implements AutoCloseable {

    /** Longest body that is signed whole, bytes. */
    private static final long WHOLE = 64L << 20;

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int CONNECTIONS = 64;

    private final S3Client client;
    private final S3Client chunking;

    /** @throws SdkClientException when no region is set and none can be found */
    S3Clients(S3Settings settings) {
        boolean signsBodies =
                settings.endpoint() != null && settings.endpoint().getScheme().equals("http");
        this.client = of(settings, false);
        this.chunking = signsBodies && settings.sendsChecksums() ? of(settings, true) : client;
    }

    /** For requests without a body to speak of. */
    S3Client client() {
        return client;
    }

    /** For a request with so many bytes. */
    S3Client client(long length) {
        return length > WHOLE ? chunking : client;
    }

    @Override
    public void close() {
        client.close();
        chunking.close();
    }

    /** The SDK could not find credentials; it has no type of its own for that. */
    static final class NoCredentialsException extends RuntimeException {
        NoCredentialsException(SdkClientException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private static S3Client of(S3Settings settings, boolean isChunking) {
        S3ClientBuilder builder = S3Client.builder()
                .credentialsProvider(credentials(settings.keys()))
                .forcePathStyle(settings.isPathStyle())
                // Checksums are ours to compute; the SDK's own come as trailers that older stores refuse or store.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(isChunking))
                .overrideConfiguration(client -> client.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .httpClientBuilder(ApacheHttpClient.builder()
                        .maxConnections(CONNECTIONS)
                        .connectionAcquisitionTimeout(settings.timeout())
                        .connectionTimeout(settings.timeout().compareTo(CONNECT) < 0 ? settings.timeout() : CONNECT)
                        .socketTimeout(settings.timeout()));
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        if (settings.region() != null || settings.endpoint() != null) {
            builder.region(settings.region() == null ? Region.US_EAST_1 : Region.of(settings.region()));
        }
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(S3Settings.Keys keys) {
        if (keys == null) {
            DefaultCredentialsProvider chain = DefaultCredentialsProvider.builder().build();
            return () -> {
                try {
                    return chain.resolveCredentials();
                } catch (SdkClientException e) {
                    throw new NoCredentialsException(e);
                }
            };
        }
        return StaticCredentialsProvider.create(
                keys.token() == null
                        ? AwsBasicCredentials.create(keys.access(), keys.secret())
                        : AwsSessionCredentials.create(keys.access(), keys.secret(), keys.token()));
    }
}
