// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.s3;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;

/**
 * A real S3 server on loopback, a process of its own that is started once and ends with the tests.
 *
 * @param uri where it listens
 * @param accessKey the one it knows; S3Mock takes any
 * @param secretKey its secret
 */
public record S3Server(URI uri, String accessKey, String secretKey) {

    private static final Path CLASSPATH = Path.of("target/s3-servers.classpath");
    private static final Map<String, S3Server> RUNNING = new ConcurrentHashMap<>();
    private static final String ACCESS = "AKIDCALLVAULTTEST";
    private static final String SECRET = "hush/hush+secretKeyOfTheTests=";

    /** Checks signatures and conditions; keeps no checksums, tags or locks. */
    public static S3Server proxy() {
        return RUNNING.computeIfAbsent("s3proxy", name -> {
            try {
                Path settings = Files.createTempFile("s3proxy", ".properties");
                return startProxy(settings, 0, "jclouds.provider=transient-nio2").server();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /**
     * Starts an S3Proxy.
     *
     * @param settings where its settings are written
     * @param port where it listens; 0 for any
     * @param provider lines of settings that say where it keeps things
     */
    static Started startProxy(Path settings, int port, String provider) throws IOException {
        Files.writeString(
                settings,
                """
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.endpoint=http://127.0.0.1:%d
                s3proxy.identity=%s
                s3proxy.credential=%s
                s3proxy.ignore-unknown-headers=true
                %s
                """
                        .formatted(port, ACCESS, SECRET, provider));
        return start(
                Pattern.compile("Started .*ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)}"),
                List.of("org.gaul.s3proxy.Main", "--properties", settings.toString()));
    }

    /** A server and the process that it is. */
    record Started(S3Server server, Process process) {}

    /** Keeps checksums, tags, encryption; checks no signature, and races are not decided. */
    public static S3Server mock() {
        return RUNNING.computeIfAbsent(
                "s3mock",
                name -> start(
                        Pattern.compile("Tomcat started on ports .*?(\\d+) \\(http\\)"),
                                List.of("com.adobe.testing.s3mock.S3MockApplication", "--http.port=0", "--server.port=0"))
                        .server());
    }

    /**
     * One that whoever runs the tests has started, for example Ceph's:
     * {@code -Dcallvault.s3=http://127.0.0.1:7480 -Dcallvault.s3.access-key=… -Dcallvault.s3.secret-key=…}.
     */
    public static Optional<S3Server> elsewhere() {
        return Optional.ofNullable(System.getProperty("callvault.s3"))
                .map(uri -> new S3Server(
                        URI.create(uri),
                        System.getProperty("callvault.s3.access-key"),
                        System.getProperty("callvault.s3.secret-key")));
    }

    /** An empty bucket that nobody else uses. */
    public String bucket() {
        return bucket(request -> {});
    }

    public String bucket(Consumer<CreateBucketRequest.Builder> as) {
        String name = "b" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
        try (S3Client client = client()) {
            CreateBucketRequest.Builder request = CreateBucketRequest.builder().bucket(name);
            as.accept(request);
            client.createBucket(request.build());
        }
        return name;
    }

    /** For what an administrator does. */
    public S3Client client() {
        return new S3Clients(new S3Settings(
                "admin",
                "none",
                uri,
                null,
                true,
                new S3Settings.Keys(accessKey, secretKey, null),
                true,
                1L << 30,
                5L << 20,
                new S3Settings.Lock(null, null, null, false),
                null,
                null,
                null,
                Map.of(),
                null,
                Duration.ofSeconds(30)))
                .client();
    }

    private static Started start(Pattern listening, List<String> program) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-XX:+UseSerialGC"));
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-cp");
        command.add(classpath());
        command.addAll(program);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .directory(new File(System.getProperty("java.io.tmpdir")))
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            CompletableFuture<Integer> port = new CompletableFuture<>();
            Thread reader = new Thread(() -> read(process, listening, port));
            reader.setDaemon(true);
            reader.start();
            URI uri = URI.create("http://127.0.0.1:" + port.get(90, TimeUnit.SECONDS));
            return new Started(new S3Server(uri, ACCESS, SECRET), process);
        } catch (Exception e) {
            throw new IllegalStateException("the server " + program.get(0) + " did not start", e);
        }
    }

    private static String classpath() {
        try {
            return Files.readString(CLASSPATH).strip();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "there is no " + CLASSPATH + ": run mvn generate-test-resources, which writes it", e);
        }
    }

    private static void read(Process process, Pattern listening, CompletableFuture<Integer> port) {
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher found = listening.matcher(line);
                if (found.find()) {
                    port.complete(Integer.valueOf(found.group(1)));
                }
                if (!port.isDone()) {
                    said.append(line).append('\n');
                }
            }
            port.completeExceptionally(new IllegalStateException("it said:\n" + said));
        } catch (IOException e) {
            port.completeExceptionally(e);
        }
    }
}
