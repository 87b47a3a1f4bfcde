// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.s3;

import io.callvault.model.Units;
import io.callvault.store.Store;
import io.callvault.store.StoreStep;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The step of {@code store-s3.kamelet.yaml}, which describes the properties. */
public final class S3Target extends StoreStep {

    private static final long LEAST_PART = 5L << 20; // bytes; S3 API, "UploadPart"

    private String target = "s3";
    private String bucket;
    private URI endpoint;
    private String region;
    private String pathStyle = "auto";
    private String accessKey;
    private String secretKey;
    private String sessionToken;
    private boolean sendsChecksums = true;
    private long multipartAbove = 5L << 30;
    private long partSize = 64L << 20;
    private String lockMode;
    private Duration retainFor;
    private Instant retainUntil;
    private boolean legalHold;
    private String encryption;
    private String kmsKey;
    private String storageClass;
    private Map<String, String> tags = Map.of();
    private String bucketOwner;
    private Duration timeout = Duration.ofSeconds(60);

    public void setTarget(String target) {
        this.target = target;
    }

    public void setBucket(String bucket) {
        if (bucket.isBlank()) {
            throw new IllegalArgumentException("bucket is empty: name one");
        }
        this.bucket = bucket.strip();
    }

    public void setEndpoint(String endpoint) {
        this.endpoint = endpoint.isBlank() ? null : URI.create(endpoint.strip());
    }

    public void setRegion(String region) {
        this.region = orNull(region);
    }

    public void setPathStyle(String pathStyle) {
        this.pathStyle = pathStyle;
    }

    public void setAccessKey(String accessKey) {
        this.accessKey = orNull(accessKey);
    }

    public void setSecretKey(String secretKey) {
        this.secretKey = orNull(secretKey);
    }

    public void setSessionToken(String sessionToken) {
        this.sessionToken = orNull(sessionToken);
    }

    public void setChecksums(String checksums) {
        this.sendsChecksums = checksums.equals("when-supported");
    }

    public void setMultipartAbove(String multipartAbove) {
        this.multipartAbove = size("multipart-above", multipartAbove);
    }

    public void setPartSize(String partSize) {
        this.partSize = size("part-size", partSize);
        if (this.partSize < LEAST_PART) {
            throw new IllegalArgumentException("part-size = " + partSize + " is less than 5MB, which stores refuse");
        }
    }

    public void setLockMode(String lockMode) {
        this.lockMode = lockMode.equals("none") ? null : lockMode.toUpperCase(Locale.ROOT);
    }

    public void setRetainFor(String retainFor) {
        this.retainFor = retainFor.isBlank() ? null : duration("retain-for", retainFor);
    }

    public void setRetainUntil(String retainUntil) {
        this.retainUntil = retainUntil.isBlank() ? null : moment(retainUntil.strip());
    }

    public void setLegalHold(boolean legalHold) {
        this.legalHold = legalHold;
    }

    public void setEncryption(String encryption) {
        this.encryption =
                switch (encryption) {
                    case "s3" -> "AES256";
                    case "kms" -> "aws:kms";
                    default -> null;
                };
    }

    public void setKmsKey(String kmsKey) {
        this.kmsKey = orNull(kmsKey);
    }

    public void setStorageClass(String storageClass) {
        this.storageClass = orNull(storageClass);
    }

    public void setTags(String tags) {
        Map<String, String> read = new LinkedHashMap<>();
        for (String tag : tags.isBlank() ? new String[0] : tags.split(",")) {
            int equals = tag.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("tags = " + tags + " is no list such as source=callvault, kept=7y");
            }
            read.put(tag.substring(0, equals).strip(), tag.substring(equals + 1).strip());
        }
        this.tags = read;
    }

    public void setBucketOwner(String bucketOwner) {
        this.bucketOwner = orNull(bucketOwner);
    }

    public void setTimeout(String timeout) {
        this.timeout = duration("timeout", timeout);
    }

    @Override
    protected void check() {
        require((accessKey == null) == (secretKey == null), "access-key and secret-key belong together: set both, or"
                + " neither to use the default chain of credentials");
        require(sessionToken == null || accessKey != null, "session-token needs access-key and secret-key");
        require(lockMode == null || (retainFor == null) != (retainUntil == null), "lock-mode = "
                + (lockMode == null ? "" : lockMode.toLowerCase(Locale.ROOT)) + " needs either retain-for or retain-until");
        require(lockMode != null || (retainFor == null && retainUntil == null), "retain-for and retain-until need"
                + " lock-mode = governance or compliance");
        require(kmsKey == null || "aws:kms".equals(encryption), "kms-key needs encryption = kms");
    }

    @Override
    protected Store open() {
        S3Settings settings = new S3Settings(
                target,
                bucket,
                endpoint,
                region,
                pathStyle.equals("auto") ? endpoint != null : Boolean.parseBoolean(pathStyle),
                accessKey == null ? null : new S3Settings.Keys(accessKey, secretKey, sessionToken),
                sendsChecksums,
                multipartAbove,
                partSize,
                new S3Settings.Lock(lockMode, retainFor, retainUntil, legalHold),
                encryption,
                kmsKey,
                storageClass,
                tags,
                bucketOwner,
                timeout);
        return S3Store.open(settings, time());
    }

    private static String orNull(String text) {
        return text.isBlank() ? null : text.strip();
    }

    private static void require(boolean isGood, String otherwise) {
        if (!isGood) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static long size(String name, String text) {
        try {
            return Units.size(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " = " + text + " is no size such as 512KB, 16MB or 2GB", e);
        }
    }

    private static Duration duration(String name, String text) {
        try {
            return Units.duration(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " = " + text + " is no duration such as 60s, 36h or 90d", e);
        }
    }

    private static Instant moment(String text) {
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "retain-until = " + text + " is no date such as 2033-12-31 or instant such as 2033-12-31T23:00:00Z", e);
        }
    }
}
