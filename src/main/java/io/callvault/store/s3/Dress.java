// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.s3;

import io.callvault.store.StorePut;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/** What an object wears besides its bytes: type, metadata, tags, class, encryption, lock. */
final class Dress {

    /** Where our SHA-256 is kept with the object, lower-case hex, for whoever checks the archive by hand. */
    static final String SHA256 = "callvault-sha256";

    private final S3Settings settings;

    Dress(S3Settings settings) {
        this.settings = settings;
    }

    PutObjectRequest.Builder put(StorePut put, Instant now) {
        S3Settings.Lock lock = settings.lock();
        return PutObjectRequest.builder()
                .bucket(settings.bucket())
                .key(put.path())
                .expectedBucketOwner(settings.bucketOwner())
                .contentType(put.type())
                .metadata(metadata(put))
                .tagging(tagging(put))
                .storageClass(settings.storageClass())
                .serverSideEncryption(settings.encryption())
                .ssekmsKeyId(settings.kmsKey())
                .objectLockMode(lock.mode())
                .objectLockRetainUntilDate(lock.until(now))
                .objectLockLegalHoldStatus(lock.isHeld() ? "ON" : null);
    }

    CreateMultipartUploadRequest.Builder parts(StorePut put, Instant now) {
        S3Settings.Lock lock = settings.lock();
        return CreateMultipartUploadRequest.builder()
                .bucket(settings.bucket())
                .key(put.path())
                .expectedBucketOwner(settings.bucketOwner())
                .contentType(put.type())
                .metadata(metadata(put))
                .tagging(tagging(put))
                .storageClass(settings.storageClass())
                .serverSideEncryption(settings.encryption())
                .ssekmsKeyId(settings.kmsKey())
                .objectLockMode(lock.mode())
                .objectLockRetainUntilDate(lock.until(now))
                .objectLockLegalHoldStatus(lock.isHeld() ? "ON" : null);
    }

    private static Map<String, String> metadata(StorePut put) {
        Map<String, String> metadata = new TreeMap<>();
        put.metadata().forEach((name, value) -> metadata.put(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.-]", "-"), ascii(value)));
        metadata.put(SHA256, put.sha256());
        return metadata;
    }

    /** As RFC 2047 writes it when it is not plain, which is how S3 itself answers ("Working with object metadata"). */
    private static String ascii(String value) {
        return value.matches("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?") && !value.startsWith("=?")
                ? value
                : "=?UTF-8?B?" + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)) + "?=";
    }

    private Tagging tagging(StorePut put) {
        Map<String, String> all = new TreeMap<>(settings.tags());
        all.putAll(put.tags());
        List<Tag> tags = new ArrayList<>();
        all.forEach((name, value) -> tags.add(Tag.builder().key(name).value(value).build()));
        return tags.isEmpty() ? null : Tagging.builder().tagSet(tags).build();
    }
}
