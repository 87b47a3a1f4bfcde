// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Which files of the routes directory are routes. */
final class RouteFiles {

    private static final String RELEASE = "release-gates.camel.yaml";

    private RouteFiles() {}

    /**
     * Every {@code *.camel.yaml} below the directory, and every YAML file in its {@code own/}, in order of their names.
     *
     * @param isService false for a command that tells nobody of alarms: without those in {@code alarm/}
     * @param isRelease false for whoever changes nothing at a provider: without the only routes that could
     * @throws StopAllException if the directory cannot be read or holds no route
     */
    static List<Path> in(Path routes, boolean isService, boolean isRelease) {
        Path alarm = routes.resolve("alarm");
        Path own = routes.resolve("own");
        try (Stream<Path> files = Files.walk(routes)) {
            List<Path> found = files.filter(Files::isRegularFile)
                    .filter(file -> isRoute(file, own))
                    .filter(file -> isService || !file.startsWith(alarm))
                    .filter(file -> isRelease || !file.getFileName().toString().equals(RELEASE))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new StopAllException(
                        ErrorCode.CONFIGURATION,
                        "Tried to load the routes in " + routes + " but there is no *.camel.yaml file in it."
                                + " Set callvault.routes to the directory of the routes");
            }
            return found;
        } catch (IOException e) {
            throw new StopAllException(
                    ErrorCode.CONFIGURATION,
                    "Tried to read the routes in " + routes + " but it failed: " + e
                            + ". Set callvault.routes to a directory that can be read",
                    e);
        }
    }

    private static boolean isRoute(Path file, Path own) {
        String name = file.getFileName().toString();
        return name.endsWith(".camel.yaml")
                || (file.startsWith(own) && (name.endsWith(".yaml") || name.endsWith(".yml")));
    }
}
