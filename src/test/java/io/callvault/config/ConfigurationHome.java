// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** A directory with a configuration file and small declarations of two kinds of target and one provider. */
final class ConfigurationHome {

    static final String PROVIDER =
            """
            provider: voipco
            class: example.Voipco
            feeds:
              calls: { listing: slow, content: slow, description: Calls. }
              texts: { listing: quick }
            groups:
              slow: { limit: 10, window: 60s, description: By the guide. }
              quick: { limit: 50, window: 60s }
            keys:
              server: { type: server, default: "https://api.voipco.example" }
              user: { type: credential }
              key: { type: secret, list: true, required: true, description: Keys. }
              extras: { type: boolean, default: false }
              pages: { type: integer, default: 100 }
              patience: { type: duration, default: 30s }
              largest: { type: size, default: 2GB }
              certificate: { type: path }
              brand: { type: string }
            """;

    static final String BOX =
            """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata: { name: store-box }
            spec:
              definition:
                required: [bucket]
                properties:
                  bucket: { type: string, description: Its name. }
                  storageClass: { type: string, enum: [STANDARD, COLD], default: STANDARD }
                  partSize: { type: integer, default: 8 }
                  pathStyle: { type: boolean, default: false }
                  secretKey: { type: string, format: password }
                  owner: { type: string, default: me }
                  door: { type: string, format: server, default: "" }
                  rest: { type: string, format: duration, default: 1d }
                  largest: { type: string, format: size, default: 5GB }
                  keyId: { type: string, format: credential }
            """;

    static final String DISK =
            """
            spec:
              definition:
                required: [directory]
                properties:
                  directory: { type: string, format: path }
            """;

    /** A customer and a target without a mistake. */
    static final Map<String, String> GOOD = Map.of(
            "customer.acme.provider", "voipco",
            "customer.acme.key", "{{env:KEY}}",
            "customer.acme.targets", "nas",
            "target.nas.kind", "disk",
            "target.nas.directory", "archive");

    final Path directory;

    ConfigurationHome(Path directory) {
        this.directory = directory;
        write("routes/voipco/provider.yaml", PROVIDER);
        write("routes/store/store-box.kamelet.yaml", BOX);
        write("routes/store/store-disk.kamelet.yaml", DISK);
    }

    Path write(String name, String text) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The good configuration with these lines after it. */
    Configuration read(String... lines) {
        StringBuilder text = new StringBuilder();
        GOOD.forEach((key, value) -> {
            boolean replaced = List.of(lines).stream().anyMatch(line -> line.startsWith(key + " ="));
            if (!replaced) {
                text.append(key).append(" = ").append(value).append('\n');
            }
        });
        List.of(lines).stream().filter(line -> !line.endsWith(" = -")).forEach(line -> text.append(line)
                .append('\n'));
        return readOnly(text.toString());
    }

    Configuration readOnly(String text) {
        return new ConfigurationReader(null).read(write("application.properties", text));
    }

    /** What is told about the good configuration with these lines; a line that ends with {@code = -} removes its key. */
    List<String> problems(String... lines) {
        return problemsOf(() -> read(lines));
    }

    static List<String> problemsOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable reading) {
        StopAllException stopped = catchThrowableOfType(StopAllException.class, reading);
        if (stopped == null) {
            return List.of();
        }
        Assertions.assertThat(stopped.code()).isEqualTo(ErrorCode.CONFIGURATION);
        return stopped.getMessage().lines().toList();
    }
}
