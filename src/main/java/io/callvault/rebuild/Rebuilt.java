// SPDX-License-Identifier: Apache-2.0
package io.callvault.rebuild;

import io.callvault.audit.Finding;
import java.util.List;
import java.util.Map;

/**
 * What was made again of one customer.
 *
 * @param heads for each target the SHA-256 of its journal's newest object; null when it has none
 * @param objects number of journal objects that were read
 * @param adopted items that lay at a target although its journal did not say so
 * @param unstored items that lie at one target and not at all of them: they are due
 * @param findings what is wrong with the journals
 * @param unlisted targets that cannot be listed
 */
public record Rebuilt(
        String customer,
        Map<String, String> heads,
        long objects,
        long adopted,
        long unstored,
        List<Finding> findings,
        List<String> unlisted) {}
