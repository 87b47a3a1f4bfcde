// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.s3;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What an operator says about an S3 target.
 *
 * @param target its name, for messages
 * @param bucket its name
 * @param endpoint where the store is; null: Amazon's, for the region
 * @param region null: as the SDK finds it, or us-east-1 where an endpoint is named
 * @param isPathStyle whether the bucket stands in the path, not in the host's name
 * @param keys who signs; null: the SDK's default chain
 * @param sendsChecksums whether the store is given SHA-256 checksums to check and to keep
 * @param multipartAbove files longer than this go in parts; bytes
 * @param partSize length of a part, bytes
 * @param lock how objects are locked
 * @param encryption what the store is asked to encrypt with; null: as the bucket is set
 * @param kmsKey key for {@code aws:kms}; null: the account's own for S3
 * @param storageClass null: the store's default
 * @param tags set on every object
 * @param bucketOwner account that must own the bucket; null: not asked
 * @param timeout longest wait for an answer
 */
record S3Settings(
        String target,
        String bucket,
        URI endpoint,
        String region,
        boolean isPathStyle,
        Keys keys,
        boolean sendsChecksums,
        long multipartAbove,
        long partSize,
        Lock lock,
        String encryption,
        String kmsKey,
        String storageClass,
        Map<String, String> tags,
        String bucketOwner,
        Duration timeout) {

    /** @param token null for keys that last */
    record Keys(String access, String secret, String token) {
        @Override
        public String toString() {
            return "Keys[***]";
        }
    }

    /**
     * @param mode {@code GOVERNANCE} or {@code COMPLIANCE}; null for none
     * @param retainFor how long from the put; null when {@code until} says it or there is no mode
     * @param retainUntil null when {@code retainFor} says it or there is no mode
     * @param isHeld whether a legal hold is set
     */
    record Lock(String mode, Duration retainFor, Instant retainUntil, boolean isHeld) {

        /** None at all. */
        boolean isNone() {
            return mode == null && !isHeld;
        }

        /** When an object put now is free; null when there is no mode. */
        Instant until(Instant now) {
            if (mode == null) {
                return null;
            }
            return retainUntil != null ? retainUntil : now.plus(retainFor);
        }
    }
}
