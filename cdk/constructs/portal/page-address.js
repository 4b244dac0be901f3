// Runs at CloudFront for each request of the portal: an address without an extension is a page, and all pages are one
// file. (An error page of the distribution would do so too, but for the API's 404 as well.)
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it
function handler(event) {
  const request = event.request;
  const file = request.uri.slice(request.uri.lastIndexOf("/") + 1);
  if (!file.includes(".")) request.uri = "/index.html";
  return request;
}
