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

    /** The servers, or ways to set them, that this kind is to pass the suite at; one for a kind that has no choice. */
    default List<String> servers() {
        return List.of("");
    }

    /** Before anything else: which of them it is. */
    default void at(String server) throws Exception {}

    /** The Kamelet's properties for a target that is new, empty and well. Called once. */
    Map<String, String> target(Path scratch) throws Exception;

    /** Targets that a person must mend: none when this kind has nothing of the sort to show here. */
    List<Broken> broken(Path scratch) throws Exception;

    /** Targets in a bad moment: none when this kind has nothing of the sort to show here. */
    default List<Passing> passing(Path scratch) throws Exception {
        return List.of();
    }

    /** A target with room for fewer bytes than given, or why there is none here. Its put ends in STORE_FULL. */
    Full full(Path scratch, long bytes) throws Exception;

    /**
     * Leaves in the target what a process leaves that is killed in the middle of a put of this path. After the next put
     * of that path {@link #leftBehind} must be empty.
     */
    void killDuringPut(String path) throws Exception;

    /** What lies in the target under names that are no object's. */
    List<String> leftBehind() throws Exception;

    /** Why the store behind the target does not decide races; null when it does. */
    default String raceless() {
        return null;
    }

    /** Whether names that differ only in the case of their letters are one name to the target. */
    default boolean isCaseless() {
        return false;
    }

    /** Requests of the target to delete an object. */
    default List<String> deletions() {
        return List.of();
    }

    /** What no message may hold. */
    default List<String> secrets() {
        return List.of();
    }

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
     * @param because what goes wrong in the middle of a put
     * @param properties of the Kamelet
     * @param code what the put answers
     * @param over ends the bad moment
     */
    record Passing(String because, Map<String, String> properties, ErrorCode code, Runnable over) {}

    /**
     * @param properties of the Kamelet; empty when there is no such target here
     * @param why there is none; null when there is
     */
    record Full(Optional<Map<String, String>> properties, String why) {}
}
