// SPDX-License-Identifier: Apache-2.0
package io.callvault.setup;

import io.callvault.config.ConfigurationReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory in which a configuration is to be written, with made-up declarations that no Java class knows. */
final class SetupHome {

    final Path directory;
    final Path file;
    final ConfigurationReader reader = new ConfigurationReader(null);
    final Judge judge;

    SetupHome(Path directory) {
        this.directory = directory;
        this.file = directory.resolve("application.properties");
        this.judge = new Judge(reader, file);
        write(
                "routes/voipco/provider.yaml",
                """
                provider: voipco
                class: example.Voipco
                feeds:
                  calls: { listing: slow, content: slow, description: Calls. }
                  texts: { listing: slow }
                groups:
                  slow: { limit: 10, window: 60s }
                keys:
                  server: { type: server, default: "https://api.voipco.example" }
                  account: { type: string, required: true, description: Number of the account. }
                  user: { type: credential, required: true, description: Who signs in. }
                  key: { type: secret, list: true, required: true, description: Keys. }
                  pin: { type: secret, description: In place of a key. }
                  patience: { type: duration, default: 30s, description: How long is waited. }
                """);
        write(
                "routes/store/store-shelf.kamelet.yaml",
                """
                spec:
                  definition:
                    description: Stores on a shelf.
                    required: [board, password]
                    properties:
                      board: { type: string, description: Which board. }
                      password: { type: string, format: password, description: Of the room. }
                      colour: { type: string, enum: [red, blue], default: red, description: Of the label. }
                """);
    }

    Draft empty() {
        return new Draft(reader.declared(file, null));
    }

    private void write(String name, String text) {
        try {
            Path path = directory.resolve(name);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
