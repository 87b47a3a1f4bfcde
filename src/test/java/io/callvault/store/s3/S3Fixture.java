// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.s3;

import static io.callvault.testing.HttpDoor.answer;
import static io.callvault.testing.HttpDoor.answerHeaders;
import static io.callvault.testing.HttpDoor.cutAnswer;
import static io.callvault.testing.HttpDoor.cutRequest;
import static io.callvault.testing.HttpDoor.loseAnswer;
import static io.callvault.testing.HttpDoor.silence;

import io.callvault.error.ErrorCode;
import io.callvault.store.StoreFixture;
import io.callvault.testing.HttpDoor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.s3.S3Client;

/** Buckets for the contract's suite: at S3Proxy, at S3Mock, at S3Proxy as a store that knows no checksums, and elsewhere. */
public final class S3Fixture implements StoreFixture {

    private static final Predicate<HttpDoor.Heard> PUT = heard -> heard.method().equals("PUT");

    private final List<HttpDoor> doors = new ArrayList<>();
    private S3Server server;
    private boolean isMock;
    private boolean isPlain;
    private String bucket;

    @Override
    public List<String> servers() {
        List<String> servers = new ArrayList<>(List.of("S3Proxy", "S3Mock", "S3Proxy, checksums when-required"));
        if (S3Server.elsewhere().isPresent()) {
            servers.add("elsewhere");
            servers.add("elsewhere, checksums when-required");
        }
        return servers;
    }

    @Override
    public void at(String name) {
        isMock = name.equals("S3Mock");
        isPlain = name.endsWith("when-required");
        server = name.startsWith("elsewhere")
                ? S3Server.elsewhere().orElseThrow()
                : isMock ? S3Server.mock() : S3Server.proxy();
    }

    @Override
    public Map<String, String> target(Path scratch) {
        bucket = server.bucket();
        return properties(door(), bucket, "multipart-above", "16MB", "part-size", "8MB");
    }

    private HttpDoor door() {
        HttpDoor door = new HttpDoor(server.uri());
        doors.add(door);
        return door;
    }

    private Map<String, String> properties(HttpDoor door, String name, String... more) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "bucket", name,
                "endpoint", door.uri().toString(),
                "access-key", server.accessKey(),
                "secret-key", server.secretKey()));
        if (isPlain) {
            properties.put("checksums", "when-required");
        }
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return properties;
    }

    @Override
    public List<Broken> broken(Path scratch) {
        List<Broken> broken = new ArrayList<>();
        broken.add(denied("there is no such bucket", properties(door(), "no-such-bucket")));
        if (!isMock) {
            broken.add(denied("the secret is wrong", properties(door(), bucket, "secret-key", "hush-hush-wrong")));
            broken.add(denied("nobody knows the key", properties(door(), bucket, "access-key", "AKIDNOBODY")));
        }
        broken.add(refused("a policy denies it", 403, "AccessDenied"));
        broken.add(refused("the clocks differ", 403, "RequestTimeTooSkewed"));
        broken.add(refused("the token has run out", 400, "ExpiredToken"));
        broken.add(refused("the bucket is in another region", 301, "PermanentRedirect"));
        broken.add(refused("the bucket has no lock", 400, "InvalidRequest", "lock-mode", "governance", "retain-for", "1d"));
        broken.add(refused("the key of the encryption is gone", 400, "KMS.NotFoundException", "encryption", "kms"));
        broken.add(refused("tags are not implemented", 501, "NotImplemented", "tags", "a=b"));
        return broken;
    }

    private static Broken denied(String because, Map<String, String> properties) {
        return new Broken(because, properties, ErrorCode.STORE_DENIED);
    }

    private Broken refused(String because, int status, String code, String... more) {
        HttpDoor door = door();
        door.when(PUT, answer(status, error(code, "Bucket is missing Object Lock Configuration " + server.secretKey())));
        return denied(because, properties(door, server.bucket(), more));
    }

    static String error(String code, String message) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code + "</Code><Message>" + message
                + "</Message></Error>";
    }

    @Override
    public List<Passing> passing(Path scratch) {
        List<Passing> passing = new ArrayList<>();
        HttpDoor shut = door();
        shut.shut();
        passing.add(unreachable("nobody listens", shut));
        HttpDoor silent = door();
        silent.when(PUT, silence());
        passing.add(new Passing(
                "nobody answers",
                properties(silent, server.bucket(), "timeout", "1s"),
                ErrorCode.STORE_UNREACHABLE,
                silent::clear));
        passing.add(during("the connection is cut in the middle of the body", cutRequest(100_000)));
        passing.add(during("the answer is lost after all was stored", loseAnswer()));
        passing.add(during("the store has too much to do", answer(503, error("SlowDown", "Reduce your request rate."))));
        passing.add(during("the store has a bug", answer(500, error("InternalError", "We had a problem."))));
        passing.add(during("two puts meet", answer(409, error("ConditionalRequestConflict", "Try again."))));
        HttpDoor lying = door();
        lying.when(PUT, answerHeaders("x-amz-checksum-sha256", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="));
        passing.add(new Passing(
                "the store says that it holds other bytes",
                properties(lying, server.bucket()),
                ErrorCode.STORE_NOT_PROVED,
                lying::clear));
        if (isPlain) {
            HttpDoor cut = door();
            cut.when(heard -> heard.method().equals("GET"), cutAnswer(1000));
            passing.add(unreachable("the connection is cut while it is read back", cut));
        }
        return passing;
    }

    private Passing during(String because, HttpDoor.Harm harm) {
        HttpDoor door = door();
        door.when(PUT, harm);
        return unreachable(because, door);
    }

    private Passing unreachable(String because, HttpDoor door) {
        return new Passing(because, properties(door, server.bucket()), ErrorCode.STORE_UNREACHABLE, door::clear);
    }

    @Override
    public Full full(Path scratch, long bytes) {
        HttpDoor door = door();
        door.when(PUT.and(heard -> heard.length() >= bytes), answer(403, error("QuotaExceeded", "The quota is used up.")));
        return new Full(Optional.of(properties(door, server.bucket())), null);
    }

    /** An upload in parts that nobody finishes. */
    @Override
    public void killDuringPut(String path) {
        try (S3Client client = server.client()) {
            client.createMultipartUpload(upload -> upload.bucket(bucket).key(path));
        }
    }

    /** Unfinished uploads have no name; the bucket's own rule ends them. */
    @Override
    public List<String> leftBehind() {
        try (S3Client client = server.client()) {
            return client.listObjectsV2(list -> list.bucket(bucket)).contents().stream()
                    .map(object -> object.key())
                    .filter(key -> key.contains(".callvault-"))
                    .toList();
        }
    }

    @Override
    public String raceless() {
        return isMock ? "this server looks at the condition before it takes the bytes, so two puts can win" : null;
    }

    /** An upload in parts is given up by the method DELETE, with the upload's id: that takes no right to delete. */
    @Override
    public List<String> deletions() {
        return doors.stream()
                .flatMap(door -> door.heard().stream())
                .filter(heard -> heard.method().equals("DELETE") && !heard.target().contains("uploadId=")
                        || heard.method().equals("POST") && heard.target().contains("?delete"))
                .map(heard -> heard.method() + " " + heard.target())
                .toList();
    }

    @Override
    public List<String> secrets() {
        return List.of(server.secretKey(), "hush-hush-wrong");
    }

    /** What lies in its memory is the server's for ever. */
    @Override
    public void close() {
        doors.forEach(HttpDoor::close);
        try (S3Client client = server.client()) {
            client.listObjectsV2Paginator(list -> list.bucket(bucket))
                    .contents()
                    .forEach(object ->
                            client.deleteObject(delete -> delete.bucket(bucket).key(object.key())));
        }
    }
}
