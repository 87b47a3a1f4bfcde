// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.s3;

import io.callvault.error.ArchiveException;
import io.callvault.store.Failures;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * What a refusal of an S3 store means. Codes are from the Amazon S3 API Reference, "Error responses", read 2026-11, and, for
 * what Amazon does not say, from the stores named.
 */
final class S3Errors {

    private static final Set<String> WRONG_KEY = Set.of("InvalidAccessKeyId", "NotSignedUp", "InvalidClientTokenId");
    private static final Set<String> WRONG_TOKEN = Set.of("ExpiredToken", "InvalidToken", "TokenRefreshRequired");
    private static final Set<String> ELSEWHERE = Set.of(
            "PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException");
    private static final Set<String> BUSY =
            Set.of("SlowDown", "ServiceUnavailable", "RequestLimitExceeded", "TooManyRequests", "Busy", "Throttling");
    /** Ceph and MinIO; Amazon has no limit. */
    private static final Set<String> FULL =
            Set.of("QuotaExceeded", "XMinioStorageFull", "InsufficientCapacity", "StorageFull", "EntityTooLargeForQuota");

    private static final Set<String> OTHER_BYTES = Set.of(
            "BadDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch", "InvalidDigest", "IncompleteBody");
    private static final Set<String> WRONG_NAME = Set.of("KeyTooLongError", "InvalidURI", "InvalidObjectName");
    private static final Set<String> WRONG_EXTRAS = Set.of("MetadataTooLarge", "InvalidTag");

    private final S3Settings settings;
    private final Failures failures;

    S3Errors(S3Settings settings) {
        List<String> secrets = new ArrayList<>();
        if (settings.keys() != null) {
            secrets.add(settings.keys().secret());
            secrets.add(settings.keys().token());
            secrets.add(settings.keys().access());
        }
        this.settings = settings;
        this.failures = new Failures(
                settings.target(),
                "bucket " + settings.bucket() + (settings.endpoint() == null ? "" : " at " + settings.endpoint()),
                secrets);
    }

    Failures failures() {
        return failures;
    }

    /** @param tried to follow "Tried to" */
    ArchiveException translate(RuntimeException thrown, String tried) {
        if (ArchiveException.in(thrown) != null) {
            return ArchiveException.in(thrown);
        }
        if (thrown instanceof AwsServiceException answer) {
            return answered(answer, tried);
        }
        if (thrown instanceof S3Clients.NoCredentialsException) {
            return failures.denied(tried, "no credentials were found: set access-key and secret-key, or one of the places"
                    + " that the AWS SDK looks in (" + failures.said(thrown.getMessage()) + ")", thrown);
        }
        if (thrown instanceof AbortedException || has(thrown, ClosedByInterruptException.class)) {
            return failures.unreachable(tried, "Callvault is stopping: it is done at the next start", thrown);
        }
        if (thrown instanceof SdkClientException && said(thrown).contains("Unable to load region")) {
            return failures.denied(tried, "no region is set: set region", thrown);
        }
        return failures.unreachable(tried, "the store did not answer (" + innermost(thrown)
                + "): it is tried again; if it stays so, check endpoint, network and certificate", thrown);
    }

    private ArchiveException answered(AwsServiceException answer, String tried) {
        String code = code(answer);
        String says = "it answered " + answer.statusCode() + (code.isEmpty() ? "" : " " + code);
        ArchiveException setting = setting(code, answer, says, tried);
        if (setting != null) {
            return setting;
        }
        if (FULL.contains(code) || answer.statusCode() == 507) {
            return failures.full(tried, says + ": free some room, or raise the quota", answer);
        }
        if (BUSY.contains(code) || answer.statusCode() == 503 || answer.statusCode() == 429) {
            return failures.busy(tried, says + ": it has too much to do, and is left alone for a while", pause(answer), answer);
        }
        if (OTHER_BYTES.contains(code)) {
            return failures.notProved(tried, says + ", as what arrived was not what was sent: it is tried again; if it"
                    + " stays so, set checksums = when-required", answer);
        }
        if (WRONG_NAME.contains(code)) {
            return failures.refused(tried, says + ": this store cannot hold the name; change the customer's path");
        }
        if (WRONG_EXTRAS.contains(code)) {
            return failures.ownStep(tried, says + " (" + words(answer) + "): mend the tags or metadata that the target's"
                    + " settings or your before-store step add", answer);
        }
        if (answer.statusCode() >= 500 && answer.statusCode() != 501 || answer.statusCode() == 409 || isPassing(code)) {
            return failures.unreachable(
                    tried, says + ": it is tried again; if it stays so, look at the store's own log or status", answer);
        }
        return failures.denied(tried, says + " (" + words(answer) + "): correct the target's settings or the bucket's", answer);
    }

    /** What an operator set wrongly, here or in the store; null when it is none of that. */
    private ArchiveException setting(String code, AwsServiceException answer, String says, String tried) {
        String why = null;
        if (code.equals("NoSuchBucket")) {
            why = "the bucket does not exist: make it, or correct bucket";
        } else if (WRONG_KEY.contains(code)) {
            why = "the store does not know the access key (" + code + "): correct access-key";
        } else if (code.equals("SignatureDoesNotMatch")) {
            why = "the secret key does not belong to the access key (SignatureDoesNotMatch): correct secret-key";
        } else if (WRONG_TOKEN.contains(code)) {
            why = "the session token is not valid any more (" + code + "): give a new one, or use keys that last";
        } else if (code.equals("RequestTimeTooSkewed")) {
            why = "this machine's clock differs too much from the store's (RequestTimeTooSkewed): set it, best by NTP";
        } else if (ELSEWHERE.contains(code) || answer.statusCode() == 301) {
            why = says + ": the bucket lies in another region"
                    + header(answer, "x-amz-bucket-region").map(name -> ", " + name).orElse("") + "; correct region";
        } else if (isLockMissing(code, answer)) {
            why = says + ", as Object Lock is not enabled on the bucket: enable it, or take lock-mode and legal-hold away";
        } else if (code.startsWith("KMS") || code.equals("InvalidEncryptionAlgorithmError")) {
            why = says + ": the store cannot encrypt so; correct encryption or kms-key, or allow the use of the key";
        } else if (code.equals("InvalidStorageClass")) {
            why = "the store does not know the storage class " + settings.storageClass() + ": correct storage-class";
        } else if (code.equals("InvalidObjectState")) {
            why = "the object lies in an archive that must be restored before it can be read: restore it";
        } else if (code.equals("EntityTooLarge") || code.equals("MaxMessageLengthExceeded")) {
            why = "that is too much for one request to this store: lower multipart-above or part-size";
        } else if (answer.statusCode() == 501 || code.equals("NotImplemented") || code.equals("MethodNotAllowed")) {
            why = says + ", so it does not know something that was asked for (" + words(answer)
                    + "): take tags, lock, encryption or bucket-owner out of the target's settings";
        } else if (answer.statusCode() == 403 && !FULL.contains(code)) {
            why = says + ": give the key the right to it, which the guide lists" + owner();
        } else if (answer.statusCode() == 401) {
            why = says + ": correct access-key and secret-key";
        }
        return why == null ? null : failures.denied(tried, why, answer);
    }

    private String owner() {
        return settings.bucketOwner() == null ? "" : ", and check that account " + settings.bucketOwner() + " owns the bucket";
    }

    /** Amazon says InvalidRequest, "Bucket is missing Object Lock Configuration"; Ceph gives no reason. */
    private boolean isLockMissing(String code, AwsServiceException answer) {
        return code.startsWith("ObjectLockConfigurationNotFound")
                || code.equals("InvalidRequest")
                        && !settings.lock().isNone()
                        && (words(answer).isEmpty() || words(answer).toLowerCase(Locale.ROOT).contains("lock"));
    }

    private static boolean isPassing(String code) {
        return Set.of("RequestTimeout", "NoSuchUpload", "NoSuchKey", "OperationAborted").contains(code);
    }

    /** Whether the name is taken: the condition of the put did not hold. */
    static boolean isTaken(AwsServiceException answer) {
        return answer.statusCode() == 412;
    }

    private static Duration pause(AwsServiceException answer) {
        return header(answer, "Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,5}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(Duration.ofSeconds(1));
    }

    private static Optional<String> header(AwsServiceException answer, String name) {
        AwsErrorDetails details = answer.awsErrorDetails();
        return details == null || details.sdkHttpResponse() == null
                ? Optional.empty()
                : details.sdkHttpResponse().firstMatchingHeader(name);
    }

    private static String code(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    private String words(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        return details == null ? "it said nothing" : failures.said(details.errorMessage());
    }

    private String said(RuntimeException thrown) {
        return failures.said(thrown.getMessage());
    }

    private String innermost(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause.getCause() != null && depth < 20; depth++) {
            cause = cause.getCause();
        }
        String message = failures.said(cause.getMessage());
        return message.isEmpty() ? cause.getClass().getSimpleName() : message;
    }

    private static boolean has(Throwable thrown, Class<?> type) {
        int depth = 0;
        for (Throwable cause = thrown; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
