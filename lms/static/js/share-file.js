// Where a browser can hand a file on (to a message, or to the phone's own files), a button for it stands beside the
// download. Without this script the download is there all the same.

const place = document.querySelector("[data-share-file]");

async function fetched({ shareFile, shareName }) {
  const answer = await fetch(shareFile, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) throw new Error("not there");
  return new File([await answer.blob()], shareName, { type: "application/pdf" });
}

function canHandOn() {
  if (!navigator.canShare) return false;
  return navigator.canShare({ files: [new File([""], "a.pdf", { type: "application/pdf" })] });
}

if (place && canHandOn()) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary";
  button.textContent = place.dataset.shareText;
  // The file is fetched before anybody presses: a browser opens its list of apps only right after the press.
  let file = null;
  fetched(place.dataset).then((made) => {
    file = made;
    place.append(button);
  }, () => {});
  button.addEventListener("click", () => {
    navigator.share({ files: [file] }).catch(() => {});
  });
}
