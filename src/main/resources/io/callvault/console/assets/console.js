// SPDX-License-Identifier: Apache-2.0
// The little that a page cannot do by itself: the chart of days and the drawing of a recording.
"use strict";

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function drawChart(canvas) {
  const rows = Array.from(document.querySelectorAll("#" + canvas.dataset.chart + " tbody tr"));
  const column = (at) => rows.map((row) => Number(row.cells[at].textContent));
  const style = { borderWidth: 0, borderRadius: 3, categoryPercentage: 0.8, barPercentage: 1 };
  return new Chart(canvas, {
    type: "bar",
    data: {
      labels: rows.map((row) => row.cells[0].textContent.slice(5)),
      datasets: [
        { label: "listed", data: column(1), backgroundColor: colour("--listed"), ...style },
        { label: "stored", data: column(2), backgroundColor: colour("--accent"), ...style },
      ],
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: "index", intersect: false },
      plugins: { legend: { align: "start", labels: { color: colour("--text"), boxWidth: 12, boxHeight: 12 } } },
      scales: {
        x: { grid: { display: false }, border: { color: colour("--line") }, ticks: { color: colour("--muted"), maxRotation: 0, autoSkipPadding: 16 } },
        y: { beginAtZero: true, grid: { color: colour("--line") }, border: { display: false }, ticks: { color: colour("--muted"), precision: 0 } },
      },
    },
  });
}

function drawRecording(audio) {
  const wave = WaveSurfer.create({
    container: audio.parentElement.querySelector(".wave"),
    backend: "MediaElement",
    mediaControls: true,
    height: 72,
    responsive: true,
    normalize: true,
    barWidth: 2,
    barGap: 1,
    hideScrollbar: true,
    cursorColor: colour("--text"),
    waveColor: colour("--listed"),
    progressColor: colour("--accent"),
  });
  // Without a drawing the player still plays.
  wave.on("error", () => audio.parentElement.querySelector(".wave")?.remove());
  wave.load(audio);
}

document.querySelectorAll("canvas[data-chart]").forEach((canvas) => {
  let chart = drawChart(canvas);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    chart.destroy();
    chart = drawChart(canvas);
  });
});

document.querySelectorAll("audio").forEach((audio) => {
  if (audio.dataset.draw === "true") {
    drawRecording(audio);
  } else {
    audio.parentElement.querySelector(".wave").remove();
  }
});
