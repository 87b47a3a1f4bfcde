// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.s3;

import java.time.Instant;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockRetention;

/** The lock of an object that is there already: set and read by requests of its own. */
final class Locks {

    private final S3Client client;
    private final S3Settings settings;

    Locks(S3Client client, S3Settings settings) {
        this.client = client;
        this.settings = settings;
    }

    void lock(String path, Instant now) {
        S3Settings.Lock lock = settings.lock();
        if (lock.mode() != null) {
            client.putObjectRetention(retention -> retention
                    .bucket(settings.bucket())
                    .key(path)
                    .expectedBucketOwner(settings.bucketOwner())
                    .retention(how -> how.mode(lock.mode()).retainUntilDate(lock.until(now))));
        }
        if (lock.isHeld()) {
            client.putObjectLegalHold(hold -> hold.bucket(settings.bucket())
                    .key(path)
                    .expectedBucketOwner(settings.bucketOwner())
                    .legalHold(how -> how.status("ON")));
        }
    }

    /** What the store says, of that which was asked for. */
    Proof.Locked of(String path) {
        S3Settings.Lock lock = settings.lock();
        ObjectLockRetention retention = lock.mode() == null
                ? null
                : client.getObjectRetention(ask -> ask.bucket(settings.bucket())
                                .key(path)
                                .expectedBucketOwner(settings.bucketOwner()))
                        .retention();
        boolean isHeld = lock.isHeld()
                && "ON".equals(client.getObjectLegalHold(ask -> ask.bucket(settings.bucket())
                                .key(path)
                                .expectedBucketOwner(settings.bucketOwner()))
                        .legalHold()
                        .statusAsString());
        return new Proof.Locked(
                retention == null ? null : retention.modeAsString(),
                retention == null ? null : retention.retainUntilDate(),
                isHeld);
    }
}
