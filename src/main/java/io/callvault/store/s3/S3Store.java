// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.s3;

import io.callvault.model.Receipt;
import io.callvault.store.Failures;
import io.callvault.store.Incoming;
import io.callvault.store.ObjectPath;
import io.callvault.store.Outgoing;
import io.callvault.store.Store;
import io.callvault.store.StorePut;
import io.callvault.store.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** A bucket as a target; the package says how. */
final class S3Store implements Store {

    private final S3Settings settings;
    private final S3Clients clients;
    private final S3Client client;
    private final InstantSource clock;
    private final S3Errors errors;
    private final Failures failures;
    private final Dress dress;
    private final Proof proof;
    private final Locks locks;
    private volatile boolean isBucketThere; // seen once; a 404 to HEAD does not say which of the two is missing

    S3Store(S3Settings settings, S3Clients clients, InstantSource clock) {
        this.settings = settings;
        this.clients = clients;
        this.client = clients.client();
        this.clock = clock;
        this.errors = new S3Errors(settings);
        this.failures = errors.failures();
        this.dress = new Dress(settings);
        this.proof = new Proof(settings, failures);
        this.locks = new Locks(client, settings);
    }

    /** @throws io.callvault.error.StopCustomerException when the settings are not enough to make requests */
    static S3Store open(S3Settings settings, InstantSource clock) {
        try {
            return new S3Store(settings, new S3Clients(settings), clock);
        } catch (SdkClientException e) {
            throw new S3Errors(settings).translate(e, "open the bucket");
        }
    }

    @Override
    public Receipt put(StorePut put) {
        String tried = "put " + put.described();
        ObjectPath.require(tried, put.path(), ObjectPath.problem(put.path()));
        MessageDigest md5 = settings.sendsChecksums() ? null : Outgoing.digest("MD5");
        String problem = md5 == null ? Outgoing.problem(put) : Outgoing.problem(put, md5);
        if (problem != null) {
            throw failures.notProved(tried, problem + ": nothing was stored", null);
        }
        return asked(tried, () -> {
            Optional<HeadObjectResponse> there = peek(put.path());
            if (there.isPresent()) {
                return existing(put, there.get(), tried);
            }
            Instant now = clock.instant();
            try {
                String checksum = put.length() > settings.multipartAbove()
                        ? inParts(put, now, tried)
                        : inOne(put, md5, now, tried);
                isBucketThere = true;
                return receipt(put, checksum);
            } catch (AwsServiceException e) {
                if (!S3Errors.isTaken(e)) {
                    throw e;
                }
                return existing(put, head(put.path()), tried);
            }
        });
    }

    /** One request; gives back the proof. */
    private String inOne(StorePut put, MessageDigest md5, Instant now, String tried) throws IOException {
        PutObjectRequest.Builder request = dress.put(put, now).ifNoneMatch("*");
        if (md5 == null) {
            request.checksumSHA256(base64(put.sha256()));
        } else {
            request.contentMD5(Base64.getEncoder().encodeToString(md5.digest()));
        }
        PutObjectResponse answer = clients.client(put.length()).putObject(request.build(), RequestBody.fromFile(put.file()));
        if (answer.checksumSHA256() != null
                && !put.sha256().equals(Proof.sha256(answer.checksumSHA256()))) {
            throw proof.otherBytes(put, tried, "checksum " + answer.checksumSHA256());
        }
        proof.encryption(tried, answer.serverSideEncryptionAsString(), answer.ssekmsKeyId());
        if (!settings.lock().isNone()) {
            requireLock(put, head(put.path()), settings.lock().until(now), tried);
        }
        return answer.checksumSHA256() != null ? "sha256:" + put.sha256() : readBack(put, tried);
    }

    /** Several requests; gives back the proof. */
    private String inParts(StorePut put, Instant now, String tried) throws IOException {
        PartsUpload.Completed completed = new PartsUpload(clients, settings, dress).upload(put, now);
        String checksum = completed.answer().checksumSHA256();
        if (checksum != null && checksum.contains("-") && !checksum.equals(completed.checksum())) {
            throw proof.otherBytes(put, tried, "checksum " + checksum);
        }
        proof.encryption(
                tried, completed.answer().serverSideEncryptionAsString(), completed.answer().ssekmsKeyId());
        if (!settings.lock().isNone()) {
            requireLock(put, head(put.path()), settings.lock().until(now), tried);
        }
        return completed.checksum().equals(checksum) ? Proof.checksum(checksum) : readBack(put, tried);
    }

    /**
     * The answer to a put does not tell the lock. A store that overlooked it, as Ceph 16 does in uploads of several parts,
     * is asked once more, for the lock alone.
     *
     * @param least when the lock may end at the earliest; null: at any time
     */
    private void requireLock(StorePut put, HeadObjectResponse object, Instant least, String tried) {
        Proof.Locked locked = Proof.Locked.by(object);
        if (!proof.isLocked(locked, least) || !proof.isHeld(locked)) {
            locks.lock(put.path(), clock.instant());
            locked = locks.of(put.path());
        }
        proof.lock(tried, locked, least);
    }

    private String readBack(StorePut put, String tried) throws IOException {
        String found = sha256(put.path());
        if (!found.equals(put.sha256())) {
            throw proof.otherBytes(put, tried, "SHA-256 " + found);
        }
        return "read-back:" + found;
    }

    /** What to say when the name is taken: the same bytes are a success. */
    private Receipt existing(StorePut put, HeadObjectResponse there, String tried) throws IOException {
        if (there.contentLength() != put.length()) {
            throw failures.conflict(tried, "another object of " + there.contentLength() + " bytes lies there");
        }
        String kept = Proof.sha256(there.checksumSHA256());
        String found = kept == null ? sha256(put.path()) : kept;
        if (!found.equals(put.sha256())) {
            throw failures.conflict(tried, "another object of the same length lies there, with SHA-256 " + found
                    + " instead of " + put.sha256());
        }
        proof.encryption(tried, there.serverSideEncryptionAsString(), there.ssekmsKeyId());
        requireLock(put, there, null, tried);
        return receipt(put, (kept == null ? "read-back:" : "sha256:") + put.sha256());
    }

    private Receipt receipt(StorePut put, String checksum) {
        return new Receipt("s3://" + settings.bucket() + "/" + put.path(), put.length(), put.sha256(), checksum);
    }

    @Override
    public Optional<StoredObject> stat(String path) {
        String tried = "look for " + path;
        ObjectPath.require(tried, path, ObjectPath.problem(path));
        return asked(tried, () -> find(path, tried));
    }

    private Optional<StoredObject> find(String path, String tried) {
        try {
            HeadObjectResponse found = head(path);
            isBucketThere = true;
            return Optional.of(new StoredObject(path, found.contentLength(), Proof.checksum(found.checksumSHA256())));
        } catch (AwsServiceException e) {
            if (e.statusCode() == 404) {
                requireBucket(tried);
                return Optional.empty();
            }
            if (e.statusCode() == 403) {
                throw failures.denied(tried, "the store answered 403, which without the right to list the bucket"
                        + " (s3:ListBucket) also means that no object lies there: give the key this right, or the right to"
                        + " read (s3:GetObject)", e);
            }
            throw e;
        }
    }

    @Override
    public long get(String path, long offset, long length, Path into) {
        String tried = "read " + path;
        ObjectPath.require(tried, path, ObjectPath.problem(path));
        return asked(tried, () -> {
            StoredObject object = find(path, tried).orElseThrow(() -> failures.missing(path));
            if (length == 0 || offset >= object.length()) {
                return Incoming.nothing(into);
            }
            boolean isWhole = offset == 0 && (length < 0 || length >= object.length());
            String last = length < 0 ? "" : String.valueOf(offset + length - 1);
            GetObjectRequest.Builder request = read(path);
            try (ResponseInputStream<GetObjectResponse> stream =
                    client.getObject(isWhole ? request.build() : request.range("bytes=" + offset + "-" + last).build())) {
                // A store that does not know ranges sends everything.
                boolean isPart = stream.response().contentRange() != null;
                long written = Incoming.write(stream, isPart ? 0 : offset, length, into);
                stream.abort();
                return written;
            } catch (AwsServiceException e) {
                if (e.statusCode() == 404 && "NoSuchKey".equals(e.awsErrorDetails().errorCode())) {
                    throw failures.missing(path);
                }
                throw e;
            }
        });
    }

    @Override
    public boolean lists() {
        try {
            client.listObjectsV2(list ->
                    list.bucket(settings.bucket()).expectedBucketOwner(settings.bucketOwner()).maxKeys(1));
            return true;
        } catch (AwsServiceException e) {
            if (e.statusCode() == 403 && "AccessDenied".equals(e.awsErrorDetails().errorCode())) {
                return false;
            }
            throw errors.translate(e, "list the bucket");
        } catch (RuntimeException e) {
            throw errors.translate(e, "list the bucket");
        }
    }

    @Override
    public void list(String prefix, Consumer<StoredObject> each) {
        String tried = "list \"" + prefix + "\"";
        ObjectPath.require(tried, prefix, ObjectPath.prefixProblem(prefix));
        asked(tried, () -> {
            client.listObjectsV2Paginator(list -> list.bucket(settings.bucket())
                            .expectedBucketOwner(settings.bucketOwner())
                            .prefix(prefix))
                    .contents()
                    .forEach(object -> {
                        // What consoles make to show a folder is no object of anybody's.
                        if (!object.key().endsWith("/")) {
                            each.accept(new StoredObject(object.key(), object.size(), null));
                        }
                    });
            return null;
        });
    }

    @Override
    public void close() {
        clients.close();
    }

    /** Empty when no object lies there, and when the store will not say so to this key: then the put itself finds out. */
    private Optional<HeadObjectResponse> peek(String path) {
        try {
            return Optional.of(head(path));
        } catch (AwsServiceException e) {
            if (e.statusCode() == 404 || e.statusCode() == 403) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private HeadObjectResponse head(String path) {
        return client.headObject(head -> head.bucket(settings.bucket())
                .key(path)
                .expectedBucketOwner(settings.bucketOwner())
                .checksumMode(settings.sendsChecksums() ? ChecksumMode.ENABLED : null));
    }

    private GetObjectRequest.Builder read(String path) {
        return GetObjectRequest.builder()
                .bucket(settings.bucket())
                .key(path)
                .expectedBucketOwner(settings.bucketOwner());
    }

    private String sha256(String path) throws IOException {
        try (ResponseInputStream<GetObjectResponse> stream =
                client.getObject(read(path).build())) {
            return Outgoing.sha256(stream);
        }
    }

    /** A 403 or anything else but 404 is no proof that there is none. */
    private void requireBucket(String tried) {
        if (isBucketThere) {
            return;
        }
        try {
            client.headBucket(
                    head -> head.bucket(settings.bucket()).expectedBucketOwner(settings.bucketOwner()));
        } catch (AwsServiceException e) {
            if (e.statusCode() == 404) {
                throw failures.denied(tried, "the bucket does not exist: make it, or correct bucket", e);
            }
        }
        isBucketThere = true;
    }

    private interface Request<T> {
        T make() throws IOException;
    }

    private <T> T asked(String tried, Request<T> request) {
        try {
            return request.make();
        } catch (IOException e) {
            throw failures.unreachable(
                    tried, "its answer was cut (" + failures.said(e.getMessage()) + "): it is tried again", e);
        } catch (UncheckedIOException e) {
            throw e;
        } catch (RuntimeException e) {
            throw errors.translate(e, tried);
        }
    }

    private static String base64(String hex) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }
}
