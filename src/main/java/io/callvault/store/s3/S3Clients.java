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

/** The SDK's client, set so that nothing happens that the store's code does not say. */
final class S3Clients {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int CONNECTIONS = 64;

    private S3Clients() {}

    /** The SDK could not find credentials; it has no type of its own for that. */
    static final class NoCredentialsException extends RuntimeException {
        NoCredentialsException(SdkClientException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** @throws SdkClientException when no region is set and none can be found */
    static S3Client of(S3Settings settings) {
        S3ClientBuilder builder = S3Client.builder()
                .credentialsProvider(credentials(settings.keys()))
                .forcePathStyle(settings.isPathStyle())
                // Checksums are ours to compute; the SDK's own come as trailers that older stores refuse or store.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                // Over https no body is signed. Over http it is signed in chunks, which needs no second reading and no
                // room at the store; one that refuses what is newer gets it signed whole.
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(settings.sendsChecksums()))
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
