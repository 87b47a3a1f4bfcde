// SPDX-License-Identifier: Apache-2.0
/**
 * The directory where a download lies until every target has it, and the proof that it is what was announced: counted,
 * hashed, and recognised by its first bytes. A download that was cut goes on where it ended while the process lives;
 * nothing half-done outlives the process. How much each customer may have there is bounded.
 */
package io.callvault.spool;
