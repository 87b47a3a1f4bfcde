// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.s3;

import io.callvault.error.ArchiveException;
import io.callvault.store.Failures;
import io.callvault.store.StorePut;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** What a store says about an object, held against what was asked of it. A 200 alone proves nothing. */
final class Proof {

    private final S3Settings settings;
    private final Failures failures;

    Proof(S3Settings settings, Failures failures) {
        this.settings = settings;
        this.failures = failures;
    }

    /** The store's checksum of a whole object in lower-case hex; null when it has none, or only one of parts. */
    static String sha256(String base64) {
        if (base64 == null || base64.contains("-")) {
            return null;
        }
        try {
            return HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException noBase64) {
            return null;
        }
    }

    /** How our receipts write a checksum of the store's; null when it keeps none. */
    static String checksum(String base64) {
        if (base64 == null) {
            return null;
        }
        return base64.contains("-") ? "sha256-parts:" + base64 : "sha256:" + sha256(base64);
    }

    ArchiveException otherBytes(StorePut put, String tried, String found) {
        return failures.notProved(tried, "the store says that it holds " + found + " instead of SHA-256 " + put.sha256()
                + ": what lies there is damaged, and must be moved away before it can be stored again", null);
    }

    /** @throws ArchiveException when the store does not say that it encrypted as it was told */
    void encryption(String tried, String encryption, String kmsKey) {
        String wanted = settings.encryption();
        if (wanted == null) {
            return;
        }
        if (!wanted.equals(encryption)) {
            throw failures.denied(tried, "the store did not confirm the encryption " + wanted + " but said "
                    + (encryption == null ? "nothing of it" : encryption)
                    + ", so the object may lie there unencrypted: use a store that can, or take encryption out of the"
                    + " target's settings", null);
        }
        String key = settings.kmsKey();
        // The answer has the key's ARN, which ends with its id; of an alias it has not the name.
        boolean isNamed = key != null && !key.contains("alias/");
        if (isNamed && (kmsKey == null || !kmsKey.endsWith(key.substring(key.lastIndexOf('/') + 1)))) {
            throw failures.denied(tried, "the store encrypted with " + (kmsKey == null ? "a key it does not name" : kmsKey)
                    + " instead of kms-key: check the key and the bucket's settings", null);
        }
    }

    /**
     * What a store says about an object's lock.
     *
     * @param mode null: none
     * @param until null: none
     */
    record Locked(String mode, Instant until, boolean isHeld) {

        static Locked by(HeadObjectResponse object) {
            return new Locked(
                    object.objectLockModeAsString(),
                    object.objectLockRetainUntilDate(),
                    "ON".equals(object.objectLockLegalHoldStatusAsString()));
        }
    }

    /** Whether the object is locked as it should be. @param least null: until any time */
    boolean isLocked(Locked object, Instant least) {
        String mode = settings.lock().mode();
        if (mode == null) {
            return true;
        }
        // Some stores keep whole seconds.
        return mode.equals(object.mode())
                && object.until() != null
                && (least == null || !object.until().isBefore(least.minusSeconds(1)));
    }

    /** Whether the legal hold is on, if it should be. */
    boolean isHeld(Locked object) {
        return !settings.lock().isHeld() || object.isHeld();
    }

    /** @throws ArchiveException when the object is not locked as it should be */
    void lock(String tried, Locked object, Instant least) {
        if (!isLocked(object, least)) {
            throw failures.denied(tried, "the store did not confirm the lock " + settings.lock().mode()
                    + (object.until() == null ? "" : ", but said " + object.mode() + " until " + object.until())
                    + ": enable Object Lock on the bucket, let the key read it (s3:GetObjectRetention), or take lock-mode"
                    + " away", null);
        }
        if (!isHeld(object)) {
            throw failures.denied(tried, "the store did not confirm the legal hold: enable Object Lock on the bucket, let"
                    + " the key read it (s3:GetObjectLegalHold), or take legal-hold away", null);
        }
    }
}
