// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.s3;

import io.callvault.store.FileSlice;
import io.callvault.store.Outgoing;
import io.callvault.store.StorePut;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** A file too long for one request: in parts, one after the other, that become an object all at once. */
final class PartsUpload {

    private static final long MOST_PARTS = 10_000; // S3 User Guide, "Multipart upload limits"
    private static final long MEGABYTE = 1L << 20;

    private final S3Clients clients;
    private final S3Client client;
    private final S3Settings settings;
    private final Dress dress;

    PartsUpload(S3Clients clients, S3Settings settings, Dress dress) {
        this.clients = clients;
        this.client = clients.client();
        this.settings = settings;
        this.dress = dress;
    }

    /**
     * @param answer the store's
     * @param checksum what its checksum must be: SHA-256 of the parts' SHA-256s, base64, with the number of parts
     */
    record Completed(CompleteMultipartUploadResponse answer, String checksum) {}

    Completed upload(StorePut put, Instant now) {
        CreateMultipartUploadRequest.Builder create = dress.parts(put, now);
        if (settings.sendsChecksums()) {
            create.checksumAlgorithm(ChecksumAlgorithm.SHA256);
        }
        String id = client.createMultipartUpload(create.build()).uploadId();
        try {
            return complete(put, id);
        } catch (RuntimeException failed) {
            abort(put, id, failed);
            throw failed;
        }
    }

    private Completed complete(StorePut put, String id) {
        List<CompletedPart> parts = new ArrayList<>();
        MessageDigest whole = Outgoing.sha256();
        long size = partSize(put.length());
        for (long at = 0; at < put.length(); at += size) {
            FileSlice slice = new FileSlice(put.file(), at, Math.min(size, put.length() - at));
            byte[] sha256 = slice.digest("SHA-256");
            whole.update(sha256);
            parts.add(part(put, id, parts.size() + 1, slice, Base64.getEncoder().encodeToString(sha256)));
        }
        CompleteMultipartUploadResponse answer = client.completeMultipartUpload(CompleteMultipartUploadRequest.builder()
                .bucket(settings.bucket())
                .key(put.path())
                .expectedBucketOwner(settings.bucketOwner())
                .uploadId(id)
                .ifNoneMatch("*")
                .multipartUpload(all -> all.parts(parts))
                .build());
        return new Completed(answer, Base64.getEncoder().encodeToString(whole.digest()) + "-" + parts.size());
    }

    private CompletedPart part(StorePut put, String id, int number, FileSlice slice, String sha256) {
        UploadPartRequest.Builder request = UploadPartRequest.builder()
                .bucket(settings.bucket())
                .key(put.path())
                .expectedBucketOwner(settings.bucketOwner())
                .uploadId(id)
                .partNumber(number);
        if (settings.sendsChecksums()) {
            request.checksumSHA256(sha256);
        } else {
            request.contentMD5(Base64.getEncoder().encodeToString(slice.digest("MD5")));
        }
        UploadPartResponse answer = clients.client(slice.length()).uploadPart(
                request.build(),
                RequestBody.fromContentProvider(slice::open, slice.length(), "application/octet-stream"));
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(answer.eTag())
                .checksumSHA256(answer.checksumSHA256())
                .build();
    }

    /** What cannot be aborted is left to the bucket's rule for incomplete uploads, which the guide asks for. */
    private void abort(StorePut put, String id, RuntimeException failed) {
        try {
            client.abortMultipartUpload(abort -> abort.bucket(settings.bucket())
                    .key(put.path())
                    .expectedBucketOwner(settings.bucketOwner())
                    .uploadId(id));
        } catch (SdkException left) {
            failed.addSuppressed(left);
        }
    }

    private long partSize(long length) {
        long least = (length + MOST_PARTS - 1) / MOST_PARTS;
        long whole = (least + MEGABYTE - 1) / MEGABYTE * MEGABYTE;
        return Math.max(settings.partSize(), whole);
    }
}
