// SPDX-License-Identifier: Apache-2.0
package io.callvault.setup;

import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes a draft: its secrets first, each into a file of its own, then the configuration, which appears whole. */
public final class DraftFiles {

    /** Beside the configuration. */
    static final String SECRETS = "secrets";

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path file;
    private final List<Path> made = new ArrayList<>();

    /** @param file absolute; the configuration to be */
    public DraftFiles(Path file) {
        this.file = file;
    }

    /**
     * Writes it. No secret's file is ever replaced: where the name is taken, another one is used.
     *
     * @param replaces whether the configuration may take the place of one that is there
     * @return what was written, the configuration last
     * @throws StopAllException (HOME_UNUSABLE) when it cannot be written; then nothing has been
     */
    public List<Path> write(Draft draft, boolean replaces) {
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        try {
            for (String key : draft.secrets().keySet()) {
                writeSecret(draft, key);
            }
            Files.deleteIfExists(fresh);
            made.add(fresh);
            put(fresh, DraftText.of(draft));
            if (replaces) {
                Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.move(fresh, file);
            }
        } catch (IOException e) {
            throw new StopAllException(
                    ErrorCode.HOME_UNUSABLE,
                    "Tried to write " + file + " but it failed: " + e + withdrawn(),
                    e);
        }
        made.remove(fresh);
        made.add(file);
        return List.copyOf(made);
    }

    private void writeSecret(Draft draft, String key) throws IOException {
        Path directory = file.resolveSibling(SECRETS);
        if (!Files.isDirectory(directory)) {
            Files.createDirectory(directory, OWNER_ONLY_DIRECTORY);
            made.add(directory);
        }
        String name = Draft.file(key, "");
        for (int i = 2; Files.exists(directory.resolve(name)); i++) {
            name = Draft.file(key, "-" + i);
        }
        Path secret = directory.resolve(name);
        made.add(Files.createFile(secret, OWNER_ONLY));
        put(secret, draft.secrets().get(key) + "\n");
        draft.keepIn(key, name);
    }

    private static void put(Path path, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Takes away what was made; says so if that fails as well. */
    private String withdrawn() {
        StringBuilder left = new StringBuilder();
        for (int i = made.size() - 1; i >= 0; i--) {
            try {
                Files.deleteIfExists(made.get(i));
            } catch (IOException e) {
                left.append("; ").append(made.get(i)).append(" is left");
            }
        }
        made.clear();
        return left.toString();
    }
}
