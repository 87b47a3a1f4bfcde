// SPDX-License-Identifier: Apache-2.0
/**
 * Failures: five outcomes that say what happens next, and codes that say what happened and who acts. Everything a
 * library throws is translated into these once, at the edge where it was called. Knows nothing of Camel.
 */
package io.callvault.error;
