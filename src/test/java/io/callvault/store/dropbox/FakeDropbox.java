// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.dropbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Dropbox as its HTTP documentation describes it (read 2026-11), as much of it as an archive needs: tokens, uploads in one
 * request and in sessions, metadata, downloads with ranges, listings in pages. Files lie on disk; names are one whatever
 * their case; the content hash is its own work. Shares no code with the target.
 */
public final class FakeDropbox implements AutoCloseable {

    public static final String APP_KEY = "appkey1234";
    public static final String APP_SECRET = "hush-app-secret";
    public static final String REFRESH_TOKEN = "hush-refresh-token";
    public static final String MEMBER = "dbmid:AAAcallvault";
    public static final String TEAM_SPACE = "7654321";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 3;
    private static final int BLOCK = 4 * 1024 * 1024;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Path folder;
    private final Map<String, Map<String, Stored>> namespaces = new ConcurrentHashMap<>();
    private final Map<String, Path> sessions = new ConcurrentHashMap<>();
    private final Map<String, List<ObjectNode>> cursors = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private final Set<String> valid = ConcurrentHashMap.newKeySet();
    private volatile long space = Long.MAX_VALUE;
    private volatile String lie;

    private record Stored(String path, Path bytes, long size, String hash) {}

    private record Refusal(int status, String body, Map<String, String> headers, AtomicInteger left) {}

    /** A request: the endpoint without {@code /2/files/}, its argument, and whose and where. */
    public record Asked(String endpoint, JsonNode argument, String member, String pathRoot) {}

    /** An error of the API, as a body. */
    private static final class Wrong extends RuntimeException {
        private final int status;
        private final String error;

        Wrong(int status, String error) {
            this.status = status;
            this.error = error;
        }
    }

    public FakeDropbox(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public List<Asked> asked(String endpoint) {
        return asked.stream().filter(each -> each.endpoint().equals(endpoint)).toList();
    }

    /** How many access tokens were given out. */
    public int tokens() {
        return tokens.get();
    }

    /** Every access token given out until now has run out. */
    public void expireTokens() {
        valid.clear();
    }

    /** How many bytes have room in one file. */
    public void space(long bytes) {
        space = bytes;
    }

    /** What is answered as content hash of whatever is uploaded; null for the truth. */
    public void lie(String hash) {
        lie = hash;
    }

    /** From now on the endpoint answers so. */
    public FakeDropbox refuse(String endpoint, int status, String body, String... headers) {
        return refuse(Integer.MAX_VALUE, endpoint, status, body, headers);
    }

    /** So many times the endpoint answers so. */
    public FakeDropbox refuse(int times, String endpoint, int status, String body, String... headers) {
        Map<String, String> all = new TreeMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        refusals.put(endpoint, new Refusal(status, body, all, new AtomicInteger(times)));
        return this;
    }

    /** The end of all refusals. */
    public void allow() {
        refusals.clear();
        space = Long.MAX_VALUE;
        lie = null;
    }

    /** Paths of all files, as they were written. */
    public List<String> paths(String namespace) {
        return namespaces.getOrDefault(namespace, Map.of()).values().stream()
                .map(Stored::path)
                .sorted()
                .toList();
    }

    /** The bytes of a file. */
    public Path bytes(String namespace, String path) {
        return namespaces.get(namespace).get(lower(path)).bytes();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String endpoint = path.startsWith("/2/files/") ? path.substring(9) : path.substring(1);
            try {
                if (endpoint.equals("oauth2/token")) {
                    token(exchange);
                } else {
                    call(exchange, endpoint);
                }
            } catch (Wrong wrong) {
                exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
                send(exchange, wrong.status, wrong.error);
            }
        }
    }

    private void token(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String basic = "Basic "
                + Base64.getEncoder().encodeToString((APP_KEY + ":" + APP_SECRET).getBytes(StandardCharsets.UTF_8));
        asked.add(new Asked("oauth2/token", JSON.createObjectNode(), null, null));
        Refusal refusal = refusals.get("oauth2/token");
        if (refusal != null && refusal.left().getAndDecrement() > 0) {
            send(exchange, refusal.status(), refusal.body());
        } else if (!basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 400, "{\"error\":\"invalid_client\",\"error_description\":\"wrong app\"}");
        } else if (!form.contains("refresh_token=" + REFRESH_TOKEN)) {
            send(exchange, 400, "{\"error\":\"invalid_grant\",\"error_description\":\"refresh token is invalid\"}");
        } else {
            String token = "at-" + tokens.incrementAndGet();
            valid.add(token);
            send(exchange, 200, "{\"access_token\":\"" + token + "\",\"token_type\":\"bearer\",\"expires_in\":14400}");
        }
    }

    private void call(HttpExchange exchange, String endpoint) throws IOException {
        String argument = exchange.getRequestHeaders().getFirst("Dropbox-API-Arg");
        boolean isContent = argument != null;
        JsonNode arg = JSON.readTree(
                isContent ? argument.getBytes(StandardCharsets.UTF_8) : exchange.getRequestBody().readAllBytes());
        String root = exchange.getRequestHeaders().getFirst("Dropbox-API-Path-Root");
        asked.add(new Asked(endpoint, arg, exchange.getRequestHeaders().getFirst("Dropbox-API-Select-User"), root));
        String bearer = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        if (!valid.contains(bearer.replace("Bearer ", ""))) {
            throw new Wrong(401, "{\"error_summary\":\"expired_access_token/\",\"error\":{\".tag\":\"expired_access_token\"}}");
        }
        Refusal refusal = refusals.get(endpoint);
        if (refusal != null && refusal.left().getAndDecrement() > 0) {
            refusal.headers().forEach(exchange.getResponseHeaders()::set);
            throw new Wrong(refusal.status(), refusal.body());
        }
        Map<String, Stored> files =
                namespaces.computeIfAbsent(namespace(root), name -> new ConcurrentHashMap<>());
        switch (endpoint) {
            case "upload" -> send(exchange, 200, upload(files, arg, exchange.getRequestBody()));
            case "upload_session/start" -> send(exchange, 200, start(arg, exchange.getRequestBody()));
            case "upload_session/append_v2" -> send(exchange, 200, append(arg, exchange.getRequestBody()));
            case "upload_session/finish" -> send(exchange, 200, finish(files, arg, exchange.getRequestBody()));
            case "get_metadata" -> send(exchange, 200, metadata(files, arg.path("path").asText()));
            case "download" -> download(exchange, files, arg.path("path").asText());
            case "list_folder" -> send(exchange, 200, list(files, arg));
            case "list_folder/continue" -> send(exchange, 200, page(arg.path("cursor").asText()));
            default -> throw new Wrong(400, "unknown endpoint " + endpoint);
        }
    }

    private static String namespace(String pathRoot) throws IOException {
        if (pathRoot == null) {
            return "home";
        }
        String id = JSON.readTree(pathRoot).path("namespace_id").asText();
        if (!id.equals(TEAM_SPACE)) {
            throw new Wrong(
                    422, "{\"error_summary\":\"no_permission/\",\"error\":{\".tag\":\"no_permission\"}}");
        }
        return id;
    }

    private String upload(Map<String, Stored> files, JsonNode arg, InputStream body) throws IOException {
        Path bytes = received(body, arg, "upload");
        return commit(files, arg, bytes, true);
    }

    private String start(JsonNode arg, InputStream body) throws IOException {
        Path bytes = received(body, arg, "upload_session/start");
        String id = "pid_" + UUID.randomUUID();
        sessions.put(id, bytes);
        return JSON.createObjectNode().put("session_id", id).toString();
    }

    private String append(JsonNode arg, InputStream body) throws IOException {
        Path session = session(arg);
        Path bytes = received(body, arg, "upload_session/append_v2");
        synchronized (sessions) {
            long offset = arg.path("cursor").path("offset").asLong();
            if (offset != Files.size(session)) {
                throw new Wrong(
                        409,
                        "{\"error_summary\":\"incorrect_offset/..\",\"error\":{\".tag\":\"incorrect_offset\",\"correct_offset\":"
                                + Files.size(session) + "}}");
            }
            try (OutputStream out = Files.newOutputStream(session, StandardOpenOption.APPEND)) {
                Files.copy(bytes, out);
            }
        }
        Files.delete(bytes);
        return "null";
    }

    private String finish(Map<String, Stored> files, JsonNode arg, InputStream body) throws IOException {
        Path session = session(arg);
        received(body, arg, "upload_session/finish");
        if (Files.size(session) != arg.path("cursor").path("offset").asLong()) {
            throw new Wrong(
                    409,
                    "{\"error_summary\":\"lookup_failed/incorrect_offset/..\",\"error\":{\".tag\":\"lookup_failed\","
                            + "\"lookup_failed\":{\".tag\":\"incorrect_offset\",\"correct_offset\":" + Files.size(session)
                            + "}}}");
        }
        String answer = commit(files, arg.path("commit"), session, false);
        sessions.remove(arg.path("cursor").path("session_id").asText());
        return answer;
    }

    private Path session(JsonNode arg) {
        Path session = sessions.get(arg.path("cursor").path("session_id").asText());
        if (session == null) {
            throw new Wrong(409, "{\"error_summary\":\"not_found/..\",\"error\":{\".tag\":\"not_found\"}}");
        }
        return session;
    }

    private Path received(InputStream body, JsonNode arg, String endpoint) throws IOException {
        Path bytes = Files.createTempFile(folder, "upload", "");
        Files.copy(body, bytes, StandardCopyOption.REPLACE_EXISTING);
        JsonNode announced = arg.path("content_hash");
        if (announced.isTextual() && !announced.asText().equals(hash(bytes))) {
            throw new Wrong(
                    409,
                    "{\"error_summary\":\"content_hash_mismatch/..\",\"error\":{\".tag\":\"content_hash_mismatch\"},"
                            + "\"endpoint\":\"" + endpoint + "\"}");
        }
        return bytes;
    }

    private synchronized String commit(Map<String, Stored> files, JsonNode commit, Path bytes, boolean isUpload)
            throws IOException {
        String path = commit.path("path").asText();
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (!commit.path("mode").path(".tag").asText(commit.path("mode").asText()).equals("add")
                || commit.path("autorename").asBoolean(false)) {
            throw new Wrong(400, "this fake expects mode add without autorename");
        }
        if (!path.startsWith("/") || path.contains("//")) {
            throw write(isUpload, "malformed_path", "");
        }
        if (Set.of(".dropbox", ".dropbox.attr", "desktop.ini").contains(lower(name))) {
            throw write(isUpload, "disallowed_name", "");
        }
        if (files.containsKey(lower(path))) {
            throw write(isUpload, "conflict", ",\"conflict\":{\".tag\":\"file\"}");
        }
        if (files.keySet().stream().anyMatch(key -> key.startsWith(lower(path) + "/"))) {
            throw write(isUpload, "conflict", ",\"conflict\":{\".tag\":\"folder\"}");
        }
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            if (files.containsKey(lower(path.substring(0, slash)))) {
                throw write(isUpload, "conflict", ",\"conflict\":{\".tag\":\"file_ancestor\"}");
            }
        }
        if (Files.size(bytes) > space) {
            throw write(isUpload, "insufficient_space", "");
        }
        Stored stored = new Stored(path, bytes, Files.size(bytes), lie != null ? lie : hash(bytes));
        files.put(lower(path), stored);
        return node(stored).toString();
    }

    /** The error of files/upload has a reason in it, that of upload_session/finish is the reason. */
    private static Wrong write(boolean isUpload, String reason, String more) {
        String path = isUpload
                ? "{\".tag\":\"path\",\"reason\":{\".tag\":\"" + reason + "\"" + more + "},\"upload_session_id\":\"x\"}"
                : "{\".tag\":\"path\",\"path\":{\".tag\":\"" + reason + "\"" + more + "}}";
        return new Wrong(409, "{\"error_summary\":\"path/" + reason + "/..\",\"error\":" + path + "}");
    }

    private String metadata(Map<String, Stored> files, String path) {
        Stored stored = files.get(lower(path));
        if (stored != null) {
            return tagged(stored).toString();
        }
        Optional<Stored> below = files.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(lower(path) + "/"))
                .map(Map.Entry::getValue)
                .findFirst();
        if (below.isEmpty()) {
            throw notFound();
        }
        return folder(below.get().path().substring(0, path.length())).toString();
    }

    private static Wrong notFound() {
        return new Wrong(
                409,
                "{\"error_summary\":\"path/not_found/..\",\"error\":{\".tag\":\"path\",\"path\":{\".tag\":\"not_found\"}}}");
    }

    private void download(HttpExchange exchange, Map<String, Stored> files, String path) throws IOException {
        Stored stored = files.get(lower(path));
        if (stored == null) {
            throw notFound();
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        long from = 0;
        long to = stored.size() - 1;
        if (range != null) {
            String[] ends = range.substring("bytes=".length()).split("-");
            from = Long.parseLong(ends[0]);
            to = ends.length > 1 ? Math.min(to, Long.parseLong(ends[1])) : to;
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + to + "/" + stored.size());
        }
        exchange.getResponseHeaders().set("Dropbox-API-Result", node(stored).toString());
        long length = to - from + 1;
        exchange.sendResponseHeaders(range == null ? 200 : 206, length == 0 ? -1 : length);
        try (RandomAccessFile file = new RandomAccessFile(stored.bytes().toFile(), "r")) {
            file.seek(from);
            byte[] buffer = new byte[64 * 1024];
            for (long left = length; left > 0; ) {
                int read = file.read(buffer, 0, (int) Math.min(buffer.length, left));
                exchange.getResponseBody().write(buffer, 0, read);
                left -= read;
            }
        }
    }

    private String list(Map<String, Stored> files, JsonNode arg) {
        String path = lower(arg.path("path").asText());
        if (!arg.path("recursive").asBoolean()) {
            throw new Wrong(400, "this fake expects recursive listings");
        }
        List<ObjectNode> entries = new ArrayList<>();
        new TreeMap<>(files).forEach((key, stored) -> {
            if (key.startsWith(path + "/")) {
                String parent = stored.path().substring(0, stored.path().lastIndexOf('/'));
                if (!parent.isEmpty()) {
                    entries.add(folder(parent));
                }
                entries.add(tagged(stored));
            }
        });
        if (entries.isEmpty() && !path.isEmpty()) {
            throw notFound();
        }
        String cursor = "cursor-" + UUID.randomUUID();
        cursors.put(cursor, entries);
        return page(cursor);
    }

    private String page(String cursor) {
        List<ObjectNode> left = cursors.remove(cursor);
        ObjectNode page = JSON.createObjectNode();
        ArrayNode entries = page.putArray("entries");
        left.stream().limit(PAGE).forEach(entries::add);
        List<ObjectNode> rest = left.stream().skip(PAGE).toList();
        String next = "cursor-" + UUID.randomUUID();
        cursors.put(next, rest);
        return page.put("cursor", next).put("has_more", !rest.isEmpty()).toString();
    }

    /** The tag stands first, as the SDK expects it. */
    private static ObjectNode tagged(Stored stored) {
        return JSON.createObjectNode().put(".tag", "file").setAll(node(stored));
    }

    private static ObjectNode node(Stored stored) {
        return JSON.createObjectNode()
                .put("name", stored.path().substring(stored.path().lastIndexOf('/') + 1))
                .put("id", "id:" + Integer.toHexString(stored.path().hashCode()))
                .put("client_modified", "2026-03-10T14:05:09Z")
                .put("server_modified", "2026-03-10T14:05:10Z")
                .put("rev", "0123456789abcdef")
                .put("size", stored.size())
                .put("path_lower", lower(stored.path()))
                .put("path_display", stored.path())
                .put("is_downloadable", true)
                .put("content_hash", stored.hash());
    }

    private static ObjectNode folder(String path) {
        return JSON.createObjectNode()
                .put(".tag", "folder")
                .put("name", path.substring(path.lastIndexOf('/') + 1))
                .put("id", "id:" + Integer.toHexString(path.hashCode()))
                .put("path_lower", lower(path))
                .put("path_display", path);
    }

    private static String lower(String path) {
        return path.toLowerCase(Locale.ROOT);
    }

    private static String hash(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            MessageDigest all = MessageDigest.getInstance("SHA-256");
            for (byte[] block = bytes.readNBytes(BLOCK); block.length > 0; block = bytes.readNBytes(BLOCK)) {
                all.update(MessageDigest.getInstance("SHA-256").digest(block));
            }
            return HexFormat.of().formatHex(all.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
