// SPDX-License-Identifier: Apache-2.0
package io.callvault.store;

import io.callvault.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@link StoreContractTest} needs of one kind of target. Kind {@code x} has {@code io.callvault.store.x.XFixture},
 * with a constructor without parameters; one is made for each test.
 */
public interface StoreFixture extends AutoCloseable {

    /** The Kamelet's properties for a target that is new, empty and well. Called once. */
    Map<String, String> target(Path scratch) throws Exception;

    /** Targets that a person must mend: none when this kind has nothing of the sort to show here. */
    List<Broken> broken(Path scratch) throws Exception;

    /** A target with room for fewer bytes than given, or why there is none here. Its put ends in STORE_FULL. */
    Full full(Path scratch, long bytes) throws Exception;

    /**
     * Leaves in the target what a process leaves that is killed in the middle of a put of this path. After the next put
     * of that path {@link #leftBehind} must be empty.
     */
    void killDuringPut(String path) throws Exception;

    /** What lies in the target under names that are no object's. */
    List<String> leftBehind() throws Exception;

    @Override
    default void close() throws IOException {}

    /**
     * @param because how it is broken
     * @param properties of the Kamelet
     * @param code what every operation answers
     */
    record Broken(String because, Map<String, String> properties, ErrorCode code) {
        @Override
        public String toString() {
            return because;
        }
    }

    /**
     * @param properties of the Kamelet; empty when there is no such target here
     * @param why there is none; null when there is
     */
    record Full(Optional<Map<String, String>> properties, String why) {}
}
